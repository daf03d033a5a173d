"""The tables of a file of DNA 3, as SQL."""

__all__ = ["TABLES"]

_PERMISSIONS = (
    "AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments", "AddStatements", "EditStatements",
    "DeleteStatements", "EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations",
    "ViewOthersDocuments", "EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements",
)  # fmt: skip


def _flag(name: str, default: int = 1) -> str:
    return f"{name} INTEGER NOT NULL CHECK ({name} BETWEEN 0 AND 1) DEFAULT {default}"


def _short(name: str, more: str = "NOT NULL DEFAULT ''") -> str:
    return f"{name} TEXT {more} CHECK (LENGTH({name}) < 191)"


def _colour(null: str = "NOT NULL DEFAULT 0") -> str:
    return ", ".join(f"{name} INTEGER {null} CHECK ({name} BETWEEN 0 AND 255)" for name in ("Red", "Green", "Blue"))


def _refers(column: str, table: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


_KEY = "ID INTEGER NOT NULL PRIMARY KEY"
_DATUM = f"{_KEY}, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL"
_OF_STATEMENT = (
    f"{_refers('StatementId', 'STATEMENTS')}, {_refers('VariableId', 'VARIABLES')}, UNIQUE (StatementId, VariableId)"
)
_TYPES = " OR ".join(f"DataType = '{name}'" for name in ("boolean", "integer", "long text", "short text"))
# fmt: off
TABLES = {
    "SETTINGS": "Property TEXT PRIMARY KEY, Value TEXT NOT NULL DEFAULT ''",
    "CODERS": ", ".join([
        _KEY, _short("Name", "NOT NULL"), _colour(),
        "Refresh INTEGER NOT NULL CHECK (Refresh BETWEEN 0 AND 9999) DEFAULT 0",
        "FontSize INTEGER NOT NULL CHECK (FontSize BETWEEN 1 AND 99) DEFAULT 14", _short("Password", "NOT NULL"),
        "PopupWidth INTEGER CHECK (PopupWidth BETWEEN 100 AND 9999) DEFAULT 300",
        _flag("ColorByCoder", 0), _flag("PopupDecoration", 0), _flag("PopupAutoComplete"),
        *(_flag(f"Permission{name}") for name in _PERMISSIONS),
    ]),
    "DOCUMENTS": ", ".join([
        _KEY, _short("Title", "NOT NULL"), "Text TEXT NOT NULL", "Coder INTEGER",
        _short("Author"), _short("Source"), _short("Section"), "Notes TEXT NOT NULL DEFAULT ''", _short("Type"),
        "Date INTEGER NOT NULL", _refers("Coder", "CODERS"),
    ]),
    "STATEMENTTYPES": ", ".join([_KEY, _short("Label", "NOT NULL"), _colour()]),
    "VARIABLES": ", ".join([
        _KEY, _short("Variable", "NOT NULL"), f"DataType TEXT NOT NULL CHECK ({_TYPES}) DEFAULT 'short text'",
        "StatementTypeId INTEGER", _refers("StatementTypeId", "STATEMENTTYPES"), "UNIQUE (Variable, StatementTypeId)",
    ]),
    "VARIABLELINKS": ", ".join([
        _KEY, "SourceVariableId INTEGER", "TargetVariableId INTEGER", "CHECK (TargetVariableId != SourceVariableId)",
        _refers("SourceVariableId", "VARIABLES"), _refers("TargetVariableId", "VARIABLES"),
    ]),
    "REGEXES": ", ".join(["Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < 191)", _colour()]),
    "CODERRELATIONS": ", ".join([
        _KEY, "Coder INTEGER CHECK (Coder > 0)", "OtherCoder INTEGER CHECK (OtherCoder > 0)",
        *(_flag(name) for name in ("viewStatements", "editStatements", "viewDocuments", "editDocuments")),
        "CHECK (Coder != OtherCoder)", _refers("Coder", "CODERS"), _refers("OtherCoder", "CODERS"),
    ]),
    "STATEMENTS": ", ".join([
        _KEY, "StatementTypeId INTEGER", "DocumentId INTEGER", "Start INTEGER NOT NULL CHECK (Start >= 0)",
        "Stop INTEGER NOT NULL CHECK (Stop >= 0)", "Coder INTEGER", "CHECK (Start < Stop)",
        _refers("StatementTypeId", "STATEMENTTYPES"), _refers("Coder", "CODERS"), _refers("DocumentId", "DOCUMENTS"),
    ]),
    "DATABOOLEAN": f"{_DATUM}, Value INTEGER NOT NULL DEFAULT 1, {_OF_STATEMENT}",
    "DATAINTEGER": f"{_DATUM}, Value INTEGER NOT NULL DEFAULT 0, {_OF_STATEMENT}",
    "ENTITIES": ", ".join([
        _KEY, "VariableId INTEGER NOT NULL", _short("Value"), _colour(""), "ChildOf INTEGER CHECK (ChildOf > 0)",
        "UNIQUE (VariableId, Value)", _refers("ChildOf", "ENTITIES"), _refers("VariableId", "VARIABLES"),
    ]),
    "DATASHORTTEXT": f"{_DATUM}, Entity INTEGER NOT NULL, {_refers('Entity', 'ENTITIES')}, {_OF_STATEMENT}",
    "DATALONGTEXT": f"{_DATUM}, Value TEXT DEFAULT '', {_OF_STATEMENT}",
    "ATTRIBUTEVARIABLES": ", ".join([
        _KEY, "VariableId INTEGER NOT NULL", _short("AttributeVariable", "NOT NULL"),
        "UNIQUE (VariableId, AttributeVariable)", _refers("VariableId", "VARIABLES"),
    ]),
    "ATTRIBUTEVALUES": ", ".join([
        _KEY, "EntityId INTEGER NOT NULL", "AttributeVariableId INTEGER NOT NULL", _short("AttributeValue"),
        "UNIQUE (EntityId, AttributeVariableId)", _refers("EntityId", "ENTITIES"),
        _refers("AttributeVariableId", "ATTRIBUTEVARIABLES"),
    ]),
}
# fmt: on
