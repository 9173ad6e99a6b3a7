"""Rows of nbgrader's grades and comments, read and written in few statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update


class Rows:
    """Rows of grades or comments by notebook and cell: what is there, and what is to be written in few statements."""

    def __init__(self, table: Any, rows: Mapping[tuple[str, str], dict[str, Any]]) -> None:
        self._table = table
        self._there = rows
        self._new: list[dict[str, Any]] = []
        self._changed: list[dict[str, Any]] = []

    def get(self, paper: str, cell: str) -> Mapping[str, Any]:
        """The row as it was, empty if there was none."""
        return self._there.get((paper, cell), {})

    def put(self, paper: str, cell: str, **values: Any) -> None:
        """Note what the row is to hold; every call on a table names the same columns."""
        old = self.get(paper, cell)
        if not old:
            self._new.append({"notebook_id": paper, "cell_id": cell, **values})
        elif any(old[name] != value for name, value in values.items()):
            self._changed.append({"row": old["id"], **values})

    def flush(self, database: Connection) -> None:
        """Write everything noted."""
        if self._new:
            database.execute(insert(self._table), self._new)
        if self._changed:
            names: dict[str, Any] = {name: bindparam(name) for name in self._changed[0] if name != "row"}
            statement = update(self._table).where(self._table.c.id == bindparam("row")).values(**names)
            database.execute(statement, self._changed)


def rows_by_cell(database: Connection, kind: Any, papers: list[str]) -> Rows:
    """The rows of some submitted notebooks.

    Args:
        database: inside a transaction.
        kind: nbgrader's Grade or Comment.
        papers: ids of the notebooks.
    """
    table = kind.__table__
    rows = database.execute(select(table).where(table.c.notebook_id.in_(papers))).mappings()
    return Rows(table, {(row["notebook_id"], row["cell_id"]): dict(row) for row in rows})
