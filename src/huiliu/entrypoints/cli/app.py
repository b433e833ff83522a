"""The commands. Heavy things are imported inside, so that `--help` answers at once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from huiliu.entrypoints.cli.brand import brand
from huiliu.entrypoints.cli.output import Json
from huiliu.entrypoints.cli.output import print_answer as _print

app = typer.Typer(
    name="huiliu",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Huiliu (汇流): one connected system for a brand's whole channel.\n\n"
    "Environment: HUILIU_DATA (data directory, default .huiliu), HUILIU_PORT (8000), DATABASE_URL (an external PostgreSQL >= 15).",
)
err = Console(stderr=True)


def main() -> None:
    """Entry point. SIGTERM ends a command as Ctrl-C does: what it started is stopped."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    app()


def _say(text: str) -> None:
    err.print(text, highlight=False)


def _today() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


@app.command()
def up() -> None:
    """Start everything and stay: database, web, live updates, worker. Ctrl-C stops all of it.

    Ready when GET /healthz answers 200. The console is at /, the API under /api/v1, its document at /api/v1/openapi.json.
    """
    from huiliu.entrypoints import supervisor
    from huiliu.entrypoints.cli.place import data_directory, only_one_up, open_place, port

    data_directory().mkdir(parents=True, exist_ok=True)
    running = only_one_up(data_directory())
    if busy := supervisor.busy_ports(port()):
        raise SystemExit(
            f"Port {busy[0]} is in use. Stop that program or set HUILIU_PORT (two ports are used)."
        )
    place = open_place()

    def ready() -> None:
        _say(f"[bold green]Huiliu is ready:[/] http://127.0.0.1:{place.port}/")

    status = supervisor.up(port=place.port, cluster=place.cluster, environment=place.environment, ready=ready)
    running.close()
    raise typer.Exit(status)


@app.command()
def demo(
    start: Annotated[bool, typer.Option(help="Start the server when the company is loaded.")] = True,
    months: Annotated[int, typer.Option(min=1, max=18, help="Months of history: fewer load sooner.")] = 18,
) -> None:
    """Load the demo company (once) and start: 314 distributors, their stores, 18 months of orders, a login for each role."""
    from huiliu.entrypoints.cli.place import CURRENT, open_place, set_up_django

    os.environ.setdefault(
        "HUILIU_SMS_PROVIDER", "outbox"
    )  # an administrator reads codes at GET /messages/outbox
    place = open_place()
    set_up_django(place)
    from huiliu.demo import services

    if not services.is_loaded():
        _say("Loading the demo company ...")
        report = services.load_demo(
            owner_url=place.urls.owner,
            today=_today(),
            now=datetime.now(UTC),
            months=months,
            static=Path(__file__).parents[2] / "static" / "demo",
            progress=lambda name, seconds: _say(f"  {name:<22} {seconds:6.1f} s"),
        )
        from huiliu.entrypoints import demo_work
        from huiliu.insights.services import sync_warehouse

        _say("Putting work on the desks ...")
        demo_work.prepare(now=datetime.now(UTC))

        _say("Filling the warehouse of figures ...")
        sync_warehouse(now=datetime.now(UTC), force_dimensions=True)
        _say(f"  {report.orders} orders, {report.lines} lines, {report.transfers} transfers")
    else:
        from huiliu.entrypoints import demo_work

        services.complete_people(now=datetime.now(UTC))
        if placed := demo_work.liven(now=datetime.now(UTC)):
            _say(f"{placed} orders of today placed.")
    _say("Logins (password [bold]" + services.PASSWORD + "[/]):")
    for username, name, role, _ in services.LOGINS:
        _say(f"  {username:<10} {role.value:<18} {services.phone_of(username)}  {name}")
    _say("Codes to these phones are kept, not sent. Signed in as admin, read the newest:")
    _say(f"  http://127.0.0.1:{place.port}/api/v1/messages/outbox")
    if start:
        # The server in a process of its own: this one is bound to the worker's database role.
        os.environ.pop("HUILIU_DB_ROLE", None)
        os.environ.pop("HUILIU_POOL_SIZE", None)
        os.environ[CURRENT] = place.database
        os.execv(sys.executable, [sys.executable, "-m", "huiliu.entrypoints.cli", "up"])  # noqa: S606 - ourselves


@app.command()
def migrate() -> None:
    """Bring the database to this version: migrations, then grants and row security."""
    from huiliu.entrypoints.cli.place import open_place

    open_place()
    _say("The database is current.")


@app.command("import")
def import_(
    source: Annotated[
        str,
        typer.Argument(
            help="wholesale, online_retail, superstore_cn, northwind, or the path of a mapping file;"
            " with --entity the file to import."
        ),
    ],
    directory: Annotated[Path | None, typer.Argument(help="The folder with the data files.")] = None,
    entity: Annotated[
        str,
        typer.Option(
            help="Import one file: partners, skus, prices, stock_opening, sales, receipts, orders, users."
        ),
    ] = "",
    mapping: Annotated[
        Path | None, typer.Option(help='TOML with [columns] "title" = "field" and [options] name = "value".')
    ] = None,
    option: Annotated[list[str] | None, typer.Option(help="name=value, as the entity needs it.")] = None,
    mode: Annotated[str, typer.Option(help="UPSERT, INSERT or UPDATE.")] = "UPSERT",
    sheet: Annotated[str, typer.Option(help="The sheet of a workbook; default: the first visible.")] = "",
    username: Annotated[
        str, typer.Option("--as", help="Whose rights count; default: the first administrator.")
    ] = "",
    errors: Annotated[
        Path | None, typer.Option(help="Where the file with reasons goes; default: FILE-errors.")
    ] = None,
    database: Annotated[str, typer.Option(help="The brand's database; made when it is missing.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read and judge everything, write nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Bring a folder of history into a brand of its own: partners, skus, orders, shipments, ledger.

    Rows that cannot be read, or whose partner or sku is in no master, are listed with their reason in a CSV.
    Importing the same folder again adds nothing.

    With --entity: import one CSV, Excel or Parquet file into the brand that is there. Refused rows come back in a
    copy of the file, each with its reason. Exits 0 when every row was taken, 1 when some were not, 2 when the file
    was refused.
    """
    from huiliu.entrypoints.cli.place import open_place, set_up_django

    if entity:
        from huiliu.entrypoints.cli.sheets import run_sheet_import

        set_up_django(open_place(database=database))
        told, status = run_sheet_import(
            path=Path(source),
            entity=entity,
            mode=mode,
            mapping=mapping,
            options=option or (),
            sheet=sheet,
            username=username,
            errors=errors,
            dry_run=dry_run,
            as_json=as_json,
        )
        _print(told if as_json else told | {"problems": len(told["problems"])}, as_json=as_json)
        raise typer.Exit(status)
    if directory is None:
        raise typer.BadParameter("Name the folder with the data files, or say --entity for one file.")
    name = {"wholesale": "iowa_liquor"}.get(source, source)
    place = open_place(database=database or _brand_database(Path(name).stem))
    set_up_django(place)
    from huiliu.integrations.commands import run_import

    result = run_import(
        name=name,
        directory=directory,
        owner_url=place.urls.owner,
        now=datetime.now(UTC),
        work=place.data / "imports",
        dry_run=dry_run,
        progress=lambda step, seconds: _say(f"  {step:<22} {seconds:6.1f} s"),
    )
    totals = result.totals
    answer: dict[str, Any] = {
        "database": place.database,
        "partners": totals.partners,
        "skus": totals.skus,
        "orders": totals.orders,
        "lines": totals.lines,
        "units": totals.units,
        "amount": totals.amount,
        "returns": totals.returns,
        "return_amount": totals.return_amount,
        "not_loaded": totals.rejected,
        "listed": totals.listed,
        "list": result.rejects,
    }
    if result.report is not None:
        answer |= {
            "written_orders": result.report.orders,
            "known_orders": result.report.orders_known,
            "lines_per_second": round(result.report.lines_per_second),
        }
    _print(answer, as_json=as_json)


def _brand_database(name: str) -> str:
    return "brand_" + "".join(letter if letter.isalnum() else "_" for letter in name.lower())


@app.command()
def export(
    name: Annotated[str, typer.Argument(help="partners, skus, orders, order_lines, stock, balances, …")],
    target: Annotated[Path, typer.Argument(help="A new file; .csv, .xlsx or .parquet says the format.")],
    filters: Annotated[
        list[str] | None, typer.Option("--filter", help="name=value, as the list's screen.")
    ] = None,
    username: Annotated[
        str, typer.Option("--as", help="Whose reach and masks count; default: the first administrator.")
    ] = "",
    database: Annotated[str, typer.Option(help="The brand's database.")] = "",
    as_json: Json = False,
) -> None:
    """Write a list to a file, as its reader sees it. Exits 2 when it is refused."""
    from huiliu.entrypoints.cli.place import open_place, set_up_django
    from huiliu.entrypoints.cli.sheets import run_sheet_export

    set_up_django(open_place(database=database))
    _print(
        run_sheet_export(name=name, target=target, filters=filters or (), username=username, as_json=as_json),
        as_json=as_json,
    )


@app.command()
def verify(
    directory: Annotated[Path, typer.Argument(help="A data folder with expected.json.")],
    as_json: Json = False,
) -> None:
    """Import a data folder into a brand of its own and compare every figure of its expected.json with the metrics' answers.

    Exits 0 only when nothing is unequal and every figure the metrics speak of is there.
    """
    from huiliu.entrypoints.cli.place import open_place, set_up_django

    name = directory.resolve().name
    place = open_place(database=_brand_database(name))
    set_up_django(place)
    from huiliu.flows.verify import run_verify

    result = run_verify(
        name=name,
        directory=directory,
        owner_url=place.urls.owner,
        now=datetime.now(UTC),
        work=place.data / "imports",
        progress=lambda step, seconds: _say(f"  {step:<22} {seconds:6.1f} s"),
    )
    if as_json:
        sys.stdout.write(json.dumps(result.as_json(), ensure_ascii=False, indent=2, default=str) + "\n")
    else:
        for row in result.rows:
            sys.stdout.write(
                f"{'equal' if row.equal else 'UNEQUAL':<8} {row.name:<58} {row.expected:>20} {row.ours:>20}\n"
            )
        for missing in result.not_expressed:
            sys.stdout.write(f"not expressed yet: {missing}\n")
        sys.stdout.write(
            f"{sum(row.equal for row in result.rows)} equal, {sum(not row.equal for row in result.rows)} unequal,"
            f" {len(result.not_expressed)} not expressed yet\n"
        )
    raise typer.Exit(0 if result.ok else 1)


@app.command()
def bench(
    name: Annotated[str, typer.Argument(help="order, quote, import, insight, list; or all.")],
    directory: Annotated[
        Path | None, typer.Argument(help="import only: a data folder; also HUILIU_BENCH_DATA.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Run a benchmark: ratios to a reference measured in the same run. Exits 0 only when every target holds."""
    # They live beside `src`, in the repository only: an installed package has none.
    sys.path.insert(0, str(Path(__file__).parents[4]))
    import benchmarks

    if directory is not None:
        os.environ["HUILIU_BENCH_DATA"] = str(directory)
    raise typer.Exit(benchmarks.run_all(as_json) if name == "all" else benchmarks.run(name, as_json))


@app.command()
def backup(target: Annotated[Path, typer.Argument(help="A new directory for the backup.")]) -> None:
    """A consistent copy of every brand's database, the files and the key, with checksums; while it runs."""
    from huiliu.entrypoints.cli.backup import run_backup
    from huiliu.entrypoints.cli.place import open_place

    _say(run_backup(open_place(), target.resolve(), now=datetime.now(UTC)))


@app.command()
def restore(source: Annotated[Path, typer.Argument(help="A directory made by `huiliu backup`.")]) -> None:
    """Put a backup into an empty data directory; refuses when there is a database already.

    Checksums are compared before anything is written.
    """
    from huiliu.entrypoints.cli.backup import check_backup, run_restore
    from huiliu.entrypoints.cli.place import data_directory, reach_database

    data = data_directory()
    check_backup(source)
    if (data / "postgres").exists():
        raise SystemExit(
            f"{data} has a database already. Choose another HUILIU_DATA, or `huiliu reset` first."
        )
    urls, _ = reach_database(data)
    _say(run_restore(urls, source.resolve(), data))


@app.command()
def doctor(as_json: Json = False) -> None:
    """Check the machine and the installation; every finding names its remedy."""
    from huiliu.entrypoints.cli.maintenance import run_doctor

    findings = run_doctor()
    if as_json:
        sys.stdout.write(json.dumps(findings, ensure_ascii=False, indent=2) + "\n")
    else:
        for finding in findings:
            sys.stdout.write(
                f"{'ok  ' if finding['ok'] else 'FAIL'} {finding['name']:<22} {finding['detail']}\n"
            )
            if not finding["ok"]:
                sys.stdout.write(f"     → {finding['remedy']}\n")
    raise typer.Exit(0 if all(finding["ok"] for finding in findings) else 1)


app.add_typer(brand, name="brand")


@app.command()
def user(
    username: Annotated[str, typer.Argument(help="The user's name for signing in.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    role: Annotated[str, typer.Option(help="A role, for example ADMINISTRATOR.")] = "ADMINISTRATOR",
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    organization: Annotated[str, typer.Option(help="The organization's code; default: the brand.")] = "",
) -> None:
    """Make a user, or set the password of an existing one (its sessions end)."""
    from huiliu.entrypoints.cli.maintenance import run_user
    from huiliu.entrypoints.cli.place import open_place, set_up_django

    place = open_place()
    set_up_django(place)
    _say(
        run_user(
            username=username,
            password=password,
            role=role,
            name=name,
            organization=organization,
            now=datetime.now(UTC),
        )
    )


@app.command()
def reset(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Stop the embedded database and delete the data directory."""
    from huiliu.entrypoints.cli.place import data_directory
    from huiliu.platform.embedded import Cluster

    data = data_directory()
    if not yes:
        typer.confirm(f"Delete everything in {data}?", abort=True)
    Cluster(data).stop()
    for child in data.iterdir() if data.exists() else ():
        if child.name == "test-cluster":
            continue
        shutil.rmtree(child) if child.is_dir() else child.unlink()
    _say("Everything is gone.")
