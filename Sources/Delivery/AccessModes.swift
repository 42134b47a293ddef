/// The permissions of files and folders that are written, as `chmod` numbers them.
public struct AccessModes: Hashable, Sendable {
  /// The mode of every file.
  public var file: UInt32
  /// The mode of every folder.
  public var folder: UInt32

  /// Modes such as `0o640` and `0o750`.
  public init(file: UInt32, folder: UInt32) {
    self.file = file
    self.folder = folder
  }

  /// Access for the owner only, which is the default because the lists hold children's records.
  public static let ownerOnly = AccessModes(file: 0o600, folder: 0o700)
}
