"""The page of statements counts them by speaker, act and week, and each number leads to its statements."""

from __future__ import annotations

import re
from collections import Counter

from tests.pages.conftest import BASE, Client
from tests.pages.test_pages import tree


def table(client: Client, address: str, caption: str) -> list[list[str]]:
    """The cells of the body of the table whose caption has some words."""
    every = tree(client, address).iterfind(".//table")
    (found,) = [one for one in every if caption in "".join(one.find("caption").itertext())]
    return [["".join(cell.itertext()).strip() for cell in row] for row in found.iterfind("tbody/tr")]


def test_each_number_is_that_of_the_statements(client: Client) -> None:
    rows = client.get(f"{BASE}/statements.json").json()
    told = Counter(name for row in rows for name in row["speakers"] if name.lower() != "it")
    lines = table(client, f"{BASE}/statements", "by speaker named and act")
    assert len(lines) == min(len(told), 12)
    assert {line[0]: int(line[-1]) for line in lines}.items() <= told.items()
    for line in lines:
        assert sum(int(cell) for cell in line[1:-1] if cell.isdigit()) == int(line[-1])


def test_the_weeks_add_up_to_all_statements(client: Client) -> None:
    rows = client.get(f"{BASE}/statements.json").json()
    lines = table(client, f"{BASE}/statements", "by the week they were told")
    assert sum(int(line[-1]) for line in lines) == len(rows)
    assert lines[0][0] == "20 Feb 2022"


def test_a_number_leads_to_its_statements(client: Client) -> None:
    page = client.get(f"{BASE}/statements").text
    address = re.search(r'href="(/[^"]+speakers=[^"]+act=deny[^"]*)"', page)
    assert address
    narrowed = client.get(
        address[1].replace("&amp;", "&").replace("/statements?", "/statements.json?")
    ).json()
    assert narrowed
    assert {row["act"] for row in narrowed} == {"deny"}


def test_without_a_statement_there_are_no_tables_of_numbers(client: Client) -> None:
    assert "Over time" not in client.get(BASE.replace("2022-02-20", "2020-09-01") + "/statements").text
