"""Spanish words and acronyms as they are written, ordinary words that look like names, titles and the like."""

PROPER = """
Latinoamérica|América Latina|Hispanoamérica|Iberoamérica|Norteamérica|Sudamérica|Centroamérica|África
Oriente Medio|Medio Oriente|Mediterráneo|Atlántico|Pacífico|Antártida|Ártico|Inglaterra|Escocia|Gales
Gran Bretaña|Holanda|Hong Kong|Palestina|Vaticano|Catar|Cataluña|Andalucía|Galicia|País Vasco|Barcelona|Sevilla
Bilbao|Zaragoza|Milán|Múnich|Fráncfort|Ginebra|La Haya|Pekín|Delhi|Bombay|Washington|California|Texas|Florida
San Francisco|Boston|Montreal|Medellín|Cali|Cartagena|Guadalajara|Quito|Ciudad de México|Navidad|Ramadán|Dios
Google|Facebook|Twitter|YouTube|LinkedIn|WhatsApp|Skype|Microsoft|Linux|Wikipedia|GitHub|iPhone|Android|ONU|UE
EEUU|OEA|UNESCO|UNICEF|UIT|OTAN|OCDE|OMS|OMC|ONG|OIT|CEPAL|CELAC|API|IA|IP|IPv4|IPv6|ISO|ISP|IXP|IETF|IAB|IANA
ICANN|IGF|ISOC|IEEE|DNS|DNSSEC|TCP|HTTP|HTTPS|HTML|URL|USB|VPN|LACNIC|AfriNIC|APNIC|ARIN|RIPE NCC|PIB|VIH|SIM
PIN|TIC|TV|UTC|PDF|IVA|PYME|COVID|EE. UU.|EE UU
"""

MONTHS: dict[str, str] = {}
BEFORE_MONTHS: set[str] = set()

ORDINARY = set(
    """
    el la los las un una y o a de en es se si no sin con por para que su sus lo le me te tu mi yo ya ha he han
    va ve da di reunión reunion salta guadalupe rosario pilar luz paz mar sol flor blanco rojo rubio moreno
    león cruz iglesia campos rey reyes prado río torre torres ríos vega serrano rosa rosas ángel
    mercedes dolores soledad esperanza milagros consuelo casas calles franco bueno delgado crespo hierro
    cabello cali mundo ia tic pin ripe toca antigua asunción bahía caimán ensenada fortaleza lagos marquesas
    oral victoria irán anguila tirana cayena
    """.split()  # noqa: SIM905  a list would be three times as long
)

TITLES = {
    "sr": "Sr",
    "sra": "Sra",
    "srta": "Srta",
    "dr": "Dr",
    "dra": "Dra",
    "lic": "Lic",
    "ing": "Ing",
    "prof": "Prof",
}
INTRODUCTIONS = (("me", "llamo"), ("mi", "nombre", "es"))
PREFIXES = {"san", "santo"}
ARTICLES = {"el", "la", "los", "las", "del"}
ALWAYS: dict[str, str] = {}
DOTTED = {"a.m.", "p.m.", "p.ej."}
# Written small although they have no vowel.
NO_ACRONYMS = {"mm", "hm", "km", "kg", "cm", "vs", "sr", "sra", "dr", "st"}
