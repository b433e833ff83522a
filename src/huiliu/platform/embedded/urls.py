"""Where the roles of one brand's database are reached."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class Urls:
    """Connection URLs by login role; `super_` may create roles and databases."""

    owner: str
    web: str
    worker: str
    super_: str

    @property
    def database(self) -> str:
        """The database all four point at."""
        return database_of(self.owner)

    def at(self, database: str) -> Urls:
        """The same server and roles, another database: another brand."""
        return Urls(
            *(with_database(url, database) for url in (self.owner, self.web, self.worker, self.super_))
        )

    def environment(self) -> dict[str, str]:
        """What `huiliu.settings` reads."""
        return {
            "HUILIU_DATABASE_URL_OWNER": self.owner,
            "HUILIU_DATABASE_URL_WEB": self.web,
            "HUILIU_DATABASE_URL_WORKER": self.worker,
        }


def database_of(url: str) -> str:
    """The database a URL names; empty when it names none."""
    return unquote(urlsplit(url).path.lstrip("/"))


def with_database(url: str, database: str) -> str:
    """The same URL for another database."""
    return urlunsplit(urlsplit(url)._replace(path="/" + quote(database, safe="")))


def with_login(url: str, role: str, password: str) -> str:
    """The same server and database for another login."""
    parts = urlsplit(url)
    server = parts.netloc.rpartition("@")[2]
    login = f"{quote(role, safe='')}:{quote(password, safe='')}"
    return urlunsplit(parts._replace(netloc=f"{login}@{server}"))
