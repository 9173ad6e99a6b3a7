"""Find the release's cells in what was handed in, put right what can be put right, and say what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.notebook_text import Cell, NotANotebook, Notebook, read_notebook
from grader.plan import Plan, PlanCell, PlanNotebook


@dataclass(frozen=True)
class Step:
    """One cell of the notebook to grade: the release's cell, or None for one that the student added; and its text."""

    planned: PlanCell | None
    source: str
    cell_type: str = "code"


@dataclass
class Sheet:
    """One notebook of the release and what was handed in for it.

    Args:
        planned: the release's notebook.
        steps: its cells in order, with the student's text.
        refused: why there is nothing to grade, or "".
        missing: nothing was handed in for it.
        repairs: what was put right.
    """

    planned: PlanNotebook
    steps: list[Step] = field(default_factory=list)
    refused: str = ""
    missing: bool = False
    repairs: list[str] = field(default_factory=list)


def match(plan: Plan, files: Mapping[str, bytes], refused: Mapping[str, str]) -> list[Sheet]:
    """One sheet a notebook of the release.

    Args:
        plan: the week.
        files: content of what was handed in, by file name.
        refused: why other files were not read, by file name.
    """
    sheets = {notebook.name: Sheet(notebook) for notebook in plan.notebooks}
    broken = dict(refused)
    read: dict[str, Notebook] = {}
    for name, content in files.items():
        try:
            read[name] = read_notebook(content)
        except NotANotebook as error:
            broken[name] = str(error)
    owners = _owners(plan, read)
    for name, sheet in sheets.items():
        if name in owners:
            _fill(sheet, owners[name], read[owners[name]])
        elif f"{name}.ipynb" in broken:
            sheet.refused = broken[f"{name}.ipynb"]
        elif f"{name}.ipynb" in read:
            sheet.refused = (
                "It has none of the exercise cells of the released notebook: hand that one in with your answers."
            )
        elif not files and not refused:
            sheet.refused = "The submission holds no notebook: hand in the released notebooks with your answers."
        else:
            sheet.missing = True
    lost = [
        f"{name} belongs to no notebook of this week and was left aside."
        for name in sorted(files)
        if name not in owners.values() and name.removesuffix(".ipynb") not in sheets
    ]
    for sheet in list(sheets.values())[:1]:
        sheet.repairs += lost
    return list(sheets.values())


def _owners(plan: Plan, read: Mapping[str, Notebook]) -> dict[str, str]:
    """For each notebook of the release the file that answers it: its own name first, then whoever has its cells."""
    known = {name: {cell.grade_id for cell in notebook.cells if cell.grade_id} for name, notebook in read.items()}
    pairs = []
    for notebook in plan.notebooks:
        wanted = {cell.grade_id for cell in notebook.cells if cell.grade_id}
        for name, ids in known.items():
            shared = len(wanted & ids)
            if shared:
                pairs.append((name != f"{notebook.name}.ipynb", -shared, name, notebook.name))
    owners: dict[str, str] = {}
    for _, _, file, notebook_name in sorted(pairs):
        if notebook_name not in owners and file not in owners.values():
            owners[notebook_name] = file
    return owners


def _fill(sheet: Sheet, file: str, notebook: Notebook) -> None:
    """Lay the student's cells beside the release's, in the order of the release."""
    cells = sheet.planned.cells
    if file != f"{sheet.planned.name}.ipynb":
        sheet.repairs.append(f"The file is named {_shown(file)}; it was graded as {sheet.planned.name}.ipynb.")
    by_name = {cell.grade_id: i for i, cell in enumerate(cells) if cell.grade_id}
    by_id = {cell.id: i for i, cell in enumerate(cells) if not cell.grade_id}
    theirs: dict[int, Cell] = {}
    added: dict[int, list[Cell]] = {}
    place, seen = -1, []
    for cell in notebook.cells:
        index = by_name.get(cell.grade_id) if cell.grade_id else by_id.get(cell.id)
        if index is not None and index not in theirs:
            theirs[index] = cell
            place = index
            seen.append(index)
            continue
        if index is not None and cells[index].kind in ("exercise", "check", "answer"):
            sheet.repairs.append(f"There is a second cell {cells[index].grade_id}; the first one counts.")
        if cell.cell_type == "code" and (index is None or cells[index].kind == "exercise"):
            added.setdefault(place, []).append(cell)
    if seen != sorted(seen):
        sheet.repairs.append("The cells were in another order; they were graded in the order of the release.")
    missing = [c.grade_id for i, c in enumerate(cells) if c.kind == "check" and i not in theirs]
    changed = [
        cells[i].grade_id for i, c in sorted(theirs.items()) if cells[i].kind == "check" and _edited(cells[i], c)
    ]
    for names, what in ((missing, "missing"), (changed, "changed")):
        if names:
            sheet.repairs.append(f"Test cells were {what} and the released ones were used: {', '.join(names)}.")
    sheet.steps += [Step(None, cell.source) for cell in added.get(-1, [])]
    for index, planned in enumerate(cells):
        sheet.steps.append(_step(sheet, planned, theirs.get(index)))
        sheet.steps += [Step(None, cell.source) for cell in added.get(index, [])]


def _step(sheet: Sheet, planned: PlanCell, cell: Cell | None) -> Step:
    """A release's cell with the student's text where the text is the student's to write."""
    if planned.kind in ("text", "study", "check"):
        return Step(planned, planned.source, planned.cell_type)
    if cell is None:
        if planned.kind != "setup":
            sheet.repairs.append(f"The cell {planned.grade_id} was missing; it was taken as not answered.")
        return Step(planned, planned.source, planned.cell_type)
    if cell.cell_type != planned.cell_type:
        name = planned.grade_id or "of the setup"
        sheet.repairs.append(f"The cell {name} had become a {_shown(cell.cell_type)} cell; it is {planned.cell_type}.")
    return Step(planned, cell.source, planned.cell_type)


def _edited(planned: PlanCell, cell: Cell) -> bool:
    """Whether a test cell is not as it was given, or claims other points."""
    about = cell.metadata.get("nbgrader")
    points = about.get("points") if isinstance(about, dict) else None
    return cell.source.strip() != planned.given.strip() or (points is not None and points != planned.points)


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)[:80]
