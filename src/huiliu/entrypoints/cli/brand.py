"""`huiliu brand`: how an empty installation begins."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from huiliu.entrypoints.cli.output import Json, print_answer

brand = typer.Typer(no_args_is_help=True, help="The brand that this database belongs to.")


@brand.command("create")
def brand_create(
    name: Annotated[str, typer.Argument(help="The brand's name, as its partners read it: 沐禾食品.")],
    code: Annotated[str, typer.Option(help="Its code in lists and files.")] = "HQ",
    timezone: Annotated[str, typer.Option(help="Whose midnight ends its days.")] = "Asia/Shanghai",
    username: Annotated[str, typer.Option("--administrator", help="Who signs in first.")] = "admin",
    person: Annotated[str, typer.Option("--person", help="The administrator's own name.")] = "",
    warehouse: Annotated[str, typer.Option(help="The first warehouse; default: the brand's name.")] = "",
    ask_password: Annotated[
        bool, typer.Option("--ask-password", help="Type a password instead of being given one.")
    ] = False,
    database: Annotated[str, typer.Option(help="Another brand's database; made when it is missing.")] = "",
    as_json: Json = False,
) -> None:
    """Begin with an empty installation: the brand, its first administrator, a warehouse.

    Prints a password that serves once: whoever signs in with it sets an own one first. Everything else has a
    sensible value and is set in the console. Refused, with exit code 2, where a brand stands already.

    Example:  huiliu brand create 沐禾食品 --administrator wang --person 王敏
    Then:     huiliu up, sign in, and import partners and goods.
    """
    from huiliu.entrypoints.cli.maintenance import run_brand_create
    from huiliu.entrypoints.cli.place import open_place, set_up_django

    password = (
        typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True) if ask_password else ""
    )
    place = open_place(database=database)
    set_up_django(place)
    print_answer(
        run_brand_create(
            name=name,
            code=code,
            timezone=timezone,
            username=username,
            person=person,
            password=password,
            warehouse=warehouse,
            now=datetime.now(UTC),
        ),
        as_json=as_json,
    )
