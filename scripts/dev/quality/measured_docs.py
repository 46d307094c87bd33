"""Tables in the documentation that a command has measured, each between two comments."""

from pathlib import Path

END = "<!-- end -->"


def write_measured(document: Path, command: str, table: str) -> None:
    """Put a table in the place of the one that was measured before.

    Parameters
    ----------
    document : Path
    command : str
        As the comment before the table names it.
    table : str
        Markdown.

    Raises
    ------
    ValueError
        If the document has no such place.
    """
    begin = f"<!-- measured: {command} -->"
    before, found, rest = document.read_text(encoding="utf-8").partition(begin)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise ValueError(f"{document.name} has no place for what {command} measures")
    document.write_text(f"{before}{begin}\n\n{table}\n\n{END}{after}", encoding="utf-8")
