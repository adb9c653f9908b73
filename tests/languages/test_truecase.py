import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercommunity.languages.lexicon import lexicon
from intercommunity.languages.truecase import Lexicon, Truecaser, is_shouted

NAMES = {"en": ["Tide Forum", "WHO", "IoT", "Harbour Society"], "es": ["Foro de la Marea", "ISP"]}
PEOPLE = {"en": ["Mark Hale", "Ana de la Cruz", "Grace Okafor"], "es": ["Lucía Peña", "Rosa Blanco"]}
CASERS = {lang: Truecaser(lang, lexicon(lang), NAMES[lang], PEOPLE[lang]) for lang in NAMES}


@pytest.mark.parametrize(
    ("lang", "text", "written"),
    [
        # names of the meeting, whole and in part
        ("en", "THE TIDE FORUM AND THE IOT OF HARBOUR  SOCIETY", "The Tide Forum and the IoT of Harbour  Society"),
        ("en", "ANA DE LA CRUZ'S TURN, THEN OKAFOR’S", "Ana de la Cruz's turn, then Okafor’s"),
        ("en", "THE TIDE TURNS. A FORUM OPENS", "The tide turns. A forum opens"),
        ("es", "EL FORO DE LA MAREA DA LAS GRACIAS A LUCÍA", "El Foro de la Marea da las gracias a Lucía"),
        # names that are ordinary words
        ("en", "GRACE OKAFOR SAYS GRACE", "Grace Okafor says grace"),
        ("en", "A MARK ON THE WALL. THANK YOU, MARK.", "A mark on the wall. Thank you, Mark."),
        ("en", "THE WHO ASKS WHO IT WAS", "The WHO asks who it was"),
        ("es", "ROSA BLANCO TIENE UNA ROSA", "Rosa Blanco tiene una rosa"),
        # the lexicon: countries, languages, days, months, cities
        (
            "en",
            "WE SPEAK FRENCH AND MĀORI IN NEW ZEALAND ON SUNDAY IN JULY",
            "We speak French and Māori in New Zealand on Sunday in July",
        ),
        ("en", "THE DOMINICAN REPUBLIC, TRINIDAD AND TOBAGO", "The Dominican Republic, Trinidad and Tobago"),
        ("en", "FROM NAIROBI TO BUENOS AIRES", "From Nairobi to Buenos Aires"),
        ("es", "EL LUNES EN ESPAÑOL DESDE NUEVA ZELANDA", "El lunes en español desde Nueva Zelanda"),
        ("es", "LA REUNIÓN DE MARZO EN EE. UU. Y CHILE", "La reunión de marzo en EE. UU. y Chile"),
        ("fr", "LE LUNDI EN FRANCE", "Le lundi en France"),
        # months that are also verbs
        ("en", "WE MAY MARCH IN MAY AND ON MARCH 5", "We may march in May and on March 5"),
        # beside a name
        ("en", "MR. VALE, MS TORRANCE AND MRS. HART-DUNN", "Mr. Vale, Ms Torrance and Mrs. Hart-Dunn"),
        ("en", "O’DONNELL OF SANTA LIVIA AT 5 O’CLOCK", "O’Donnell of Santa Livia at 5 o’clock"),
        ("en", "MY NAME IS TOVE LINDSTROM AND I AM HERE", "My name is Tove Lindstrom and I am here"),
        ("es", "ME LLAMO TOVE. ¿Y LA SRA. QUIROGA?", "Me llamo Tove. ¿Y la Sra. Quiroga?"),
        # acronyms by their looks
        ("en", "TCP, IPV6, 5G AND COVID-19", "TCP, IPv6, 5G and COVID-19"),
        ("en", "AT 9 A.M. IN THE U.S., THE 21ST, IN THE 1980S", "At 9 a.m. in the U.S., the 21st, in the 1980s"),
        ("en", "ISPS AND NGOS", "ISPs and NGOs"),
        ("en", "HMM, MY WHY IS A CRY", "Hmm, my why is a cry"),
        # sentences
        ("en", "I'M SURE I’LL GO. DON'T! AND YOU?", "I'm sure I’ll go. Don't! And you?"),
        ("en", "ONE — TWO... THREE", "One — two... Three"),
        ("es", "¿QUÉ TAL? ¡BIEN!", "¿Qué tal? ¡Bien!"),
        ("en", "IN-PERSON AND ON-LINE", "In-person and on-line"),
    ],
)
def test_truecase_writes_capitals_as_sentences(lang, text, written):
    caser = CASERS.get(lang) or Truecaser(lang, lexicon(lang))
    assert caser.truecase(text) == written


def test_truecase_goes_on_with_a_sentence():
    assert CASERS["en"].truecase("AND SO ON. THEN", starts_sentence=False) == "and so on. Then"
    assert CASERS["en"].truecase("I AM", starts_sentence=False) == "I am"


def test_truecase_knows_a_name_that_runs_on_from_the_line_before():
    caser = CASERS["en"]
    assert caser.truecase("SOCIETY IS OPEN", starts_sentence=False, before="WE SEE THE HARBOUR") == "Society is open"
    assert caser.truecase("SOCIETY IS OPEN", starts_sentence=False, before="we see a harbour") == "Society is open"
    assert caser.truecase("SOCIETY IS OPEN", starts_sentence=False) == "society is open"


def test_truecase_writes_turkish_letters():
    assert Truecaser("tr", Lexicon()).truecase("ILIK SU İLE") == "Ilık su ile"


def test_truecase_leaves_a_language_whose_nouns_it_cannot_know():
    assert Truecaser("de", lexicon("de")).truecase("DAS HAUS AM SEE") == "DAS HAUS AM SEE"


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                "MARK",
                "HALE",
                "THE",
                "WHO",
                "'S",
                "’LL",
                ".",
                "U.S.",
                "MAY",
                "5",
                "O'",
                "SAN",
                "-",
                "ISPS",
                "ß",
                "İ",
                "ΟΔΟΣ",
            ]
        )
    ).map(" ".join)
)
def test_truecase_changes_nothing_but_case(text):
    assert CASERS["en"].truecase(text).casefold() == text.casefold()


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("THE HARBOUR IS OPEN", True),
        ("THE IoT AND THE iPhone ARE HERE NOW WITH US", True),
        ("NASA AND THE European union", False),
        ("THE HARBOUR IS", False),
        ("The harbour is open", False),
        ("1 2 3 4 5", False),
        ("مرحبا بكم في المنتدى", False),
        ("", False),
    ],
)
def test_is_shouted_asks_for_most_letters_and_a_few_words(text, shouted):
    assert is_shouted(text) is shouted
