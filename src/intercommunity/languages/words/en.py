"""English words and acronyms as they are written, ordinary words that look like names, titles and the like."""

PROPER = """
African|American|Americas|Antarctic|Arab|Arctic|Argentine|Argentinian|Asian|Asia-Pacific|Australian|Austrian
Balkan|Balkans|Baltic|Belgian|Bolivian|Brazilian|British|Cambodian|Cameroonian|Canadian|Chilean|Colombian
Congolese|Cuban|Dominican|Ecuadorian|Egyptian|Emirati|Ethiopian|European|Filipino|Ghanaian|Guatemalan|Haitian
Hispanic|Honduran|Indian|Iranian|Iraqi|Israeli|Ivorian|Jamaican|Jordanian|Kenyan|Kuwaiti|Latino|Lebanese
Liberian|Libyan|Malaysian|Mauritian|Mediterranean|Mexican|Middle East|Moldovan|Moroccan|Mozambican|Namibian
Nicaraguan|Nigerian|Nordic|Pacific|Atlantic|Pakistani|Palestinian|Panamanian|Paraguayan|Peruvian|Puerto Rican
Qatari|Rwandan|Salvadoran|Saudi|Scandinavian|Scottish|Senegalese|Singaporean|South American|Sri Lankan|Sudanese
Swiss|Syrian|Taiwanese|Tanzanian|Tunisian|Ugandan|Uruguayan|Venezuelan|Yemeni|Zambian|Zimbabwean|New Zealander
New Zealanders|Caribbean|America|Britain|England|Scotland|Wales|Holland|Turkey|Burma|Ivory Coast|Congo|Hong Kong
Palestine|Vatican|North America|Global South|Washington|California|Texas|Florida|Virginia|Massachusetts
Pennsylvania|Hawaii|Alaska|Silicon Valley|San Francisco|Boston|Seattle|Montreal|Vancouver|Quebec|Ontario|Geneva
Barcelona|Milan|Munich|Frankfurt|Hamburg|Strasbourg|The Hague|Edinburgh|Manchester|Mumbai|Delhi|New Delhi
Bangalore|Beijing|Shenzhen|Osaka|Kyoto|Cape Town|Durban|Mombasa|Marrakesh|Alexandria|Rio de Janeiro|Brasilia
Wellington|Melbourne|Sydney|Brisbane|Auckland|Hawke's Bay|Medellin|Cartagena|Guadalajara|Yucatan|Christmas
Easter|Ramadan|Diwali|Hanukkah|Christian|Muslim|Jewish|Buddhist|Hindu|Catholic|God|Google|Facebook|Twitter
YouTube|LinkedIn|WhatsApp|Skype|Microsoft|Wi-Fi|WiFi|Linux|Wikipedia|Mozilla|Android|iPhone|GitHub|OK|USA|UK|EU
UN|UAE|UNESCO|UNICEF|ITU|NATO|ASEAN|OECD|OAS|NGO|NGOs|AI|API|APIs|CEO|CFO|CTO|CIO|COO|IoT|IP|IPv4|IPv6|ISO|ISP
ISPs|IXP|IXPs|IETF|IAB|IANA|ICANN|IGF|ISOC|IEEE|W3C|DNS|DNSSEC|TCP|HTTP|HTTPS|HTML|URL|URLs|USB|LAN|VPN|VPNs
WSIS|AfriNIC|LACNIC|APNIC|ARIN|RIPE NCC|FAQ|FAQs|PhD|MBA|TV|UTC|GMT|EST|EDT|GDP|HIV|AIDS|COVID|PIN|SIM|ID|IDs|UI
SDG|SDGs|ICT|ICTs|AOB|MoU|LGBT|PDF|RSVP|Q&A
"""

# With a capital only where a month stands: after one of these words or before a figure.
MONTHS = {"may": "May", "march": "March"}
BEFORE_MONTHS = {"in", "of", "by", "until", "till", "since", "early", "late", "mid", "last", "next", "during", "april"}

# Ordinary words; alone they are no names, whatever a list of names, places or acronyms says.
ORDINARY = set(
    """
    i it us who is am all can will may march are be do go so to we he she they you no not on in or if as at an
    and the this that art bill bob brown baker bishop black bell bush carter chance chase church clay cook
    cross day dawn dean drew earl faith field fish fisher fox frank gene glen grace grant gray green guy hall
    hand hart hill hope house hunt jack joy king lane law lee little long love major mark mason mike miller
    moon parker pat penny pierce pope power price prince rich ring rob rose sharp short singer skip small
    smith stone storm strong sue summer swift taylor turner walker ward wash waters weaver west white wise
    wood woods young center central resolute nome mobile universal palmer casey davis troll regina creston
    reunion even crow ewe ido pali man ant fan dare said see pin ripe act north south oral virgin midway
    """.split()  # noqa: SIM905  a list would be three times as long
)

TITLES = {"mr": "Mr", "mrs": "Mrs", "ms": "Ms", "dr": "Dr", "prof": "Prof"}
INTRODUCTIONS = (("my", "name", "is"),)
PREFIXES = {"san", "santa", "santo", "são", "sao"}
ARTICLES = {"the"}
ALWAYS = {"i": "I"}
DOTTED = {"a.m.", "p.m.", "e.g.", "i.e."}
# Written small although they have no vowel.
NO_ACRONYMS = {"hmm", "mm", "mmm", "shh", "pst", "vs", "st", "nd", "rd", "th", "ll", "nth", "pm", "km", "kg", "ft"}
