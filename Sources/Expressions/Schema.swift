public import Diagnostics

/// The names that expressions may use: tables with their columns and relations, code lists and
/// parameters.
public struct Schema: Sendable {
  /// The tables; elsewhere they go by their numbers here.
  public var tables: [TableSchema] = []
  /// The foreign keys of all tables; elsewhere they go by their numbers here.
  public var relations: [RelationSchema] = []
  /// The names of the code lists.
  public var codeLists: [String] = []
  /// The parameters, in the order of their names.
  public var parameters: [(name: String, type: ValueType)] = []

  /// A schema without names.
  public init() {}

  /// The number of a table.
  public func tableNumber(_ name: String) -> Int? { tables.firstIndex { $0.name == name } }

  /// The relations by which a row of `table` goes up under `name`.
  public func parent(of table: Int, named name: String) -> Int? {
    relations.firstIndex { $0.child == table && $0.name == name }
  }

  /// The relations by which rows come down from `parent` under `name`: a table's name, or a reverse
  /// name.
  public func children(of parent: Int, named name: String) -> [Int] {
    let named = relations.indices.filter {
      relations[$0].parent == parent && relations[$0].reverseName == name
    }
    if !named.isEmpty { return named }
    return relations.indices.filter {
      relations[$0].parent == parent && relations[$0].reverseName == nil
        && tables[relations[$0].child].name == name
    }
  }
}

/// The columns of a table, as expressions see them.
public struct TableSchema: Sendable {
  /// The table's name.
  public var name: String
  /// The fields, by number.
  public var fields: [(name: String, type: ValueType)]
  /// The derived columns, by number; `.anything` until its type is known.
  public var derived: [(name: String, type: ValueType)] = []
  /// The fields of the primary key.
  public var primaryKey: [Int]
  /// The field that says whose case file a row belongs to.
  public var person: Int?
  /// The names that a definition had which this one replaces, and this one lacks, with what is said
  /// to whoever uses one.
  public var lacking: [String: Diagnostic] = [:]

  /// A table.
  public init(
    name: String, fields: [(name: String, type: ValueType)], primaryKey: [Int], person: Int?
  ) {
    self.name = name
    self.fields = fields
    self.primaryKey = primaryKey
    self.person = person
  }
}

/// A foreign key, as expressions see it.
public struct RelationSchema: Sendable {
  /// The number of the referring table.
  public var child: Int
  /// Its fields.
  public var childFields: [Int]
  /// The number of the table referred to.
  public var parent: Int
  /// Its fields.
  public var parentFields: [Int]
  /// The name by which expressions go up.
  public var name: String?
  /// The name by which expressions come down, where it is not the child table's own.
  public var reverseName: String?

  /// A relation.
  public init(
    child: Int, childFields: [Int], parent: Int, parentFields: [Int], name: String?,
    reverseName: String?
  ) {
    self.child = child
    self.childFields = childFields
    self.parent = parent
    self.parentFields = parentFields
    self.name = name
    self.reverseName = reverseName
  }
}
