"""The verbs of partners."""

from huiliu.partners.services.bulk import change_partners
from huiliu.partners.services.contracts import add_contract, end_contract
from huiliu.partners.services.intake import Intake
from huiliu.partners.services.masters import create_partner, move_partner_status, update_partner
from huiliu.partners.services.papers import (
    add_licence,
    put_invoice_profile,
    remove_licence,
    update_licence,
)
from huiliu.partners.services.people import (
    add_address,
    add_contact,
    remove_address,
    remove_contact,
    update_address,
    update_contact,
)
from huiliu.partners.services.regions import load_regions
from huiliu.partners.services.writing import Step

__all__ = [
    "Intake",
    "Step",
    "add_address",
    "add_contact",
    "add_contract",
    "add_licence",
    "change_partners",
    "create_partner",
    "end_contract",
    "load_regions",
    "move_partner_status",
    "put_invoice_profile",
    "remove_address",
    "remove_contact",
    "remove_licence",
    "update_address",
    "update_contact",
    "update_licence",
    "update_partner",
]
