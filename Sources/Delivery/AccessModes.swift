/// The permissions of what is written, as `chmod` counts them.
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

  /// The owner only: the default for children's records unless somebody decides otherwise.
  public static let ownerOnly = AccessModes(file: 0o600, folder: 0o700)
}
