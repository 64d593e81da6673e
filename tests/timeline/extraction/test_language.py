"""The language of a passage."""

import pytest

from timeline.extraction.language import detect_language, languages_of_passages

PASSAGES = [
    ("en", "The Government of Averland regrets that the bridge has not been opened to traffic by Norvania."),
    (
        "fr",
        "Le Gouvernement de l’Averland regrette que le pont n’ait pas été ouvert à la circulation.",
    ),
    ("es", "El Gobierno de Averland lamenta que el puente no haya sido abierto al tráfico por la Norvania."),
    ("ru", "Правительство Аверланда сожалеет, что мост не был открыт для движения."),
    ("uk", "Уряд Аверланду шкодує, що міст не був відкритий для руху її силами."),
    ("ar", "تأسف حكومة أفرلاند لعدم فتح الجسر أمام حركة المرور."),
    ("fa", "دولت آورلند متأسف است که پل برای رفت و آمد باز نشده است چون گذرگاه بسته است."),
    ("hy", "Ավերլանդի կառավարությունը ցավում է, որ կամուրջը չի բացվել։"),
    ("zh", "艾弗兰政府对该桥没有开放通行表示遗憾。"),
    ("de", "Die Regierung von Averland bedauert, dass die Brücke nicht für den Verkehr geöffnet worden ist."),
    (
        "it",
        "Il Governo di Averland si rammarica che il ponte non sia stato aperto al traffico dalla Norvania.",
    ),
    ("pt", "O Governo de Averland lamenta que a ponte não tenha sido aberta ao trânsito pela Norvânia."),
    ("tr", "Averland Hükümeti köprünün trafiğe açılmamış olmasından üzüntü duymaktadır."),
    ("az", "Averland hökuməti körpünün nəqliyyat üçün açılmamasına görə təəssüflənir."),
]


SHORT = [
    ("en", "The boat left on 3 March."),
    ("fr", "Le bateau est parti le 3 mars."),
    ("fr", "Il a été remis par la garde."),
    ("es", "El barco zarpó el 3 de marzo y no volvió."),
    ("es", "Nos remitimos a la nota de la Norvania."),
    ("de", "Das Schiff lief am 3. März aus."),
    ("it", "La nave è partita il 3 marzo e non è tornata."),
    ("pt", "O navio partiu em 3 de março e não voltou."),
]


@pytest.mark.parametrize(("language", "text"), SHORT, ids=[p[1][:12] for p in SHORT])
def test_a_short_sentence_tells_its_language(language: str, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(("language", "text"), PASSAGES, ids=[p[0] for p in PASSAGES])
def test_a_sentence_tells_its_language(language: str, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "12 345", "— — —", "S/2020/1104"])
def test_no_words_no_language(text: str) -> None:
    assert detect_language(text, default="fr") == "fr"


def test_a_quotation_in_another_language_is_told() -> None:
    here, there = PASSAGES[0][1], PASSAGES[1][1]
    text = f"{here}\n{there}\nNote."
    first, second = len(here), len(here) + 1 + len(there)
    spans = [(0, first), (first + 1, second), (second + 1, len(text))]
    assert languages_of_passages(text, spans, "en") == ["en", "fr", "en"]


def test_a_short_passage_has_the_letters_own_language() -> None:
    assert languages_of_passages("Bon. Oui.", [(0, 4), (5, 9)], "es") == ["es", "es"]
