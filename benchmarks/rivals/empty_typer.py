"""A typer program that does nothing."""

import typer

app = typer.Typer(rich_markup_mode=None)


@app.command()
def nothing() -> None: ...


app()
