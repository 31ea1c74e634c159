"""The language of a text."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.ingest.language import LANGUAGES, language_of

SENTENCES = {
    "en": "The minister said on Tuesday that the bridge would be shut until the end of the year.",
    "de": "Die Ministerin sagte am Dienstag, die Brücke werde bis zum Ende des Jahres gesperrt.",
    "fr": "La ministre a annoncé mardi que le pont serait fermé jusqu'à la fin de l'année pour travaux.",
    "es": "La ministra dijo el martes que el puente permanecerá cerrado hasta finales de año por las obras.",
    "pt": "A ministra disse na terça-feira que a ponte ficaria fechada até ao fim do ano por causa das obras.",
    "it": "La ministra ha detto martedì che il ponte resterà chiuso fino alla fine dell'anno per i lavori.",
    "nl": "De minister zei dinsdag dat de brug tot het einde van het jaar gesloten blijft voor herstelwerk.",
    "pl": "Minister powiedział we wtorek, że most będzie zamknięty do końca roku z powodu remontu nawierzchni.",
    "uk": "Міністр заявив у вівторок, що міст буде закрито до кінця року через ремонт після повені.",
    "ru": "Министр заявил во вторник, что мост будет закрыт до конца года из-за ремонта после наводнения.",
    "tr": "Bakan salı günü köprünün onarım nedeniyle yıl sonuna kadar kapalı kalacağını söyledi.",
    "ar": "قال الوزير يوم الثلاثاء إن الجسر سيظل مغلقا حتى نهاية العام بسبب أعمال الإصلاح",
    "zh": "部长周二表示，这座桥将关闭至年底进行维修，渡轮将继续运行。",
    "ja": "大臣は火曜日、橋は修理のため年末まで閉鎖され、フェリーは運航を続けると述べた。",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_of_the_news_tells_its_language(code: str) -> None:
    assert language_of(SENTENCES[code]) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Bridge shut",
        "Anders Holk Lena Marsh Tove Lind Ylva Strand Arne Vik Enid Roe Ruth Amsel",
        "12 34 | 56 " * 9,
    ],
)
def test_a_text_that_is_too_short_or_no_language_has_none(text: str) -> None:
    assert language_of(text) is None


def test_a_language_that_is_not_told_apart_is_not_taken_for_another() -> None:
    assert language_of("Dywedodd y gweinidog ddydd Mawrth y byddai'r bont ar gau tan ddiwedd y flwyddyn nesaf.") is None


def test_many_threads_are_told_the_same() -> None:
    texts = [*SENTENCES.values()] * 20
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(language_of, texts)) == [*SENTENCES] * 20


@given(st.text(max_size=400))
def test_any_text_has_one_of_the_languages_or_none(text: str) -> None:
    assert language_of(text) in {None, *LANGUAGES}
    assert language_of(text) == language_of(text)
