"""Bytes that are no text, and texts in every encoding."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime

import pytest

from storydesk.errors import UnreadableFile
from storydesk.read import read_document
from storydesk.read.charset import flaws, ranked
from storydesk.read.encoding import decode, decoded, mend

NOW = datetime(2026, 11, 1, tzinfo=UTC)
GERMAN = (
    "Der Bürgermeister von Größenhain erklärte, die Brücke über den Fluss müsse schnellstmöglich geschlossen werden. "
)
RUSSIAN = "Губернатор области заявил, что новый мост через реку откроют до конца года, если позволит погода. "


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"abc\0def", "binary"),
        (b"%PDF-1.7 rest", "PDF"),
        (b"\x89PNG\r\n\x1a\nrest", "PNG"),
        (b"\xff\xd8\xff\xe0rest", "JPEG"),
        (b"PK\x03\x04rest", "ZIP"),
        (gzip.compress(b"text", mtime=0), "gzip"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "feed"),
        (b"<!doctype html><html><body></body></html>", "without readable text"),
        (b"<!-- nothing -->\n<html></html>", "without"),
        (bytes(value % 255 + 1 for value in range(7, 40_000, 37)), "encoding"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_document(data, now=NOW)


TEXTS = {
    "de": GERMAN + "„Das ist ärgerlich“, sagte er am Montag, „aber die Sicherheit geht vor.“",
    "fr": "Le maire a déclaré que le pont fermé depuis l’été dernier ne rouvrira qu’à la rentrée ; les élèves "
    "prendront l’autocar. « C’est très gênant », a-t-il ajouté à Besançon.",
    "es": "El alcalde explicó que el puente seguirá cerrado hasta el próximo otoño. «Así no podemos cruzar el río», "
    "señaló una vecina de Peñarrubia. ¿Quién pagará la reparación?",
    "pt": "O presidente da câmara disse que a ponte só reabrirá após a inspeção "
    "técnica. “Não há solução rápida”, afirmou.",
    "sv": "Borgmästaren meddelade att bron förblir stängd till vinterns slut. ”Vi kan "
    "inte riskera liv”, sade han i Åsbyn.",
    "pl": "Burmistrz ogłosił, że most zostanie zamknięty do końca zimy. „Nie możemy ryzykować życia mieszkańców” – "
    "powiedział. Objazd prowadzi przez Żabie Błota i Łąkowo.",
    "cs": "Starosta oznámil, že most zůstane zavřený až do konce zimy. „Nemůžeme "
    "ohrozit životy obyvatel,“ řekl v Říčanech.",
    "hu": "A polgármester közölte, hogy a híd a tél végéig zárva marad. A kerülőút Őrhegyen és Fűzfő faluján át vezet.",
    "ru": "Губернатор области заявил, что новый мост откроют до конца года. «Мы не "
    "можем рисковать жизнью людей», – сказал он.",
    "uk": "Голова області повідомив, що новий міст відкриють до кінця року. «Ми не "
    "можемо ризикувати», – сказав він журналістам.",
    "tr": "Belediye başkanı köprünün kış sonuna kadar kapalı kalacağını açıkladı. Şehir "
    "dışına giden araçlar Yeşilköy’den geçer.",
    "el": "Ο δήμαρχος ανακοίνωσε ότι η γέφυρα θα παραμείνει κλειστή μέχρι το τέλος του "
    "χειμώνα. «Δεν διακινδυνεύουμε», είπε.",
    "he": "ראש העיר הודיע כי הגשר יישאר סגור עד סוף החורף. אי אפשר לסכן חיי אדם, אמר לעיתונאים ביום שני.",
    "ar": "أعلن رئيس البلدية أن الجسر سيبقى مغلقا حتى نهاية الشتاء. وقال للصحفيين إنه لا يمكن المخاطرة بحياة الناس.",
    "lt": "Meras pranešė, kad tiltas bus uždarytas iki žiemos pabaigos. Apylanka eina per Šilutę ir Žąsinų kaimą.",
    "th": "นายกเทศมนตรีประกาศว่าสะพานจะปิดจนถึงสิ้นฤดูหนาว เขากล่าวกับผู้สื่อข่าวเมื่อวันจันทร์ว่าไม่อาจเสี่ยงชีวิตประชาชนได้",
    "ja": "市長は、橋を冬の終わりまで閉鎖すると発表した。「人々の命を危険にさらすことはできない」と記者団に語った。",
    "zh": "市长宣布，这座桥将关闭到冬季结束。他星期一对记者说：“"
    "我们不能拿人们的生命冒险。”车辆将绕行经过邻村的旧公路。",
    "zh-TW": "市長宣布，這座橋將關閉到冬季結束。他星期一對記者說：「"
    "我們不能拿人們的生命冒險。」車輛將繞行經過鄰村的舊公路。",
    "ko": "시장은 다리를 겨울이 끝날 때까지 폐쇄한다고 발표했다. 그는 월요일 기자들에게 생명을 위험에 "
    "빠뜨릴 수 없다고 말했다.",
}
ENCODINGS = [
    *((language, "cp1252") for language in ("de", "fr", "es", "pt", "sv")),
    *((language, encoding) for language in ("pl", "cs", "hu") for encoding in ("cp1250", "iso8859-2")),
    *(("ru", encoding) for encoding in ("cp1251", "koi8-r", "iso8859-5", "cp866")),
    *(("uk", encoding) for encoding in ("cp1251", "koi8-u")),
    *(("tr", encoding) for encoding in ("cp1254", "iso8859-9")),
    *(("el", encoding) for encoding in ("cp1253", "iso8859-7")),
    ("he", "cp1255"),
    ("ar", "cp1256"),
    ("lt", "cp1257"),
    ("th", "tis-620"),
    *(("ja", encoding) for encoding in ("shift_jis", "euc-jp", "iso2022-jp")),
    *(("zh", encoding) for encoding in ("gb18030", "gb2312")),
    ("zh-TW", "big5"),
    *(("ko", encoding) for encoding in ("euc-kr", "cp949")),
]


def written(language: str, encoding: str) -> tuple[bytes, str]:
    """A text in an encoding, without the signs that it lacks."""
    data = TEXTS[language].encode(encoding, "ignore")
    return data, data.decode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("language", ["de", "ru"])
def test_unicode_with_and_without_a_mark(language: str, encoding: str) -> None:
    if (language, encoding) == ("ru", "cp1252"):
        return
    text = f"<html><body><p>{TEXTS[language]}</p></body></html>"
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "same"),
    [
        (RUSSIAN.encode(), True),
        (RUSSIAN.encode("utf-8-sig"), False),
        (RUSSIAN.encode("utf-16"), False),
        (RUSSIAN.encode("cp1251"), False),
        (RUSSIAN.rstrip(". ").encode()[:-1], False),  # cut off inside the last letter
        (RUSSIAN.encode() + b" \x93dam\x94", False),
    ],
)
def test_bytes_are_told_to_be_the_text_in_utf_8_only_where_they_are(data: bytes, same: bool) -> None:
    text, utf8 = decoded(data)
    assert (utf8 is not None) == same == (text.encode() == data)
    assert utf8 in (None, data)


@pytest.mark.parametrize(("language", "encoding"), ENCODINGS)
def test_silent_bytes_are_told_by_their_words(language: str, encoding: str) -> None:
    data, text = written(language, encoding)
    assert decode(data) == text


@pytest.mark.parametrize(("language", "encoding"), ENCODINGS)
def test_declared_bytes_are_read_as_declared(language: str, encoding: str) -> None:
    data, text = written(language, encoding)
    label = {"cp1252": "iso-8859-1", "cp949": "ks_c_5601-1987"}.get(encoding, encoding)
    assert decode(f'<meta charset="{label}"><p>'.encode() + data).endswith(text)
    assert decode(data, f"text/html; charset={label}") == text


@pytest.mark.parametrize(("language", "encoding"), ENCODINGS)
@pytest.mark.parametrize("wrong", ["utf-8", "iso-8859-1", "windows-1251", "no-such-set"])
def test_a_declaration_that_gives_no_words_is_not_believed(language: str, encoding: str, wrong: str) -> None:
    if (language, wrong) == ("hu", "iso-8859-1"):
        pytest.skip("ő read as õ is a letter like any other")
    data, text = written(language, encoding)
    assert decode(f'<meta charset="{wrong}"><p>'.encode() + data).endswith(text)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Größe und Höhe – schön".encode()[:-1] + b"\xc3", "Größe und Höhe – schö"),
        ("Über die Brücke, größer".encode() + b" caf\xe9.", "Über die Brücke, größer café."),
        ("Über die Brücke, größer".encode() + b" it\x92s", "Über die Brücke, größer it’s"),
        ("Über die Brücke, größer".encode() + b" M\xc3nster", "Über die Brücke, größer M\ufffdnster"),
    ],
)
def test_damaged_utf8_is_utf8(data: bytes, text: str) -> None:
    assert decode(data) == text
    assert decode(data, "text/html; charset=iso-8859-1") == text


def test_damaged_shift_jis_is_shift_jis() -> None:
    data = TEXTS["ja"].encode("cp932") * 4
    broken = data[:-1] + b"\xff" + data
    assert TEXTS["ja"] in decode(broken, "text/html; charset=Shift_JIS")


def test_a_page_of_two_hundred_kilobytes_is_decoded_and_mended_fast() -> None:
    for language, encoding in (("de", "utf-8"), ("fr", "cp1252"), ("ru", "koi8-r"), ("zh", "gb18030"), ("ja", "utf-8")):
        data = (f"<p>{TEXTS[language]}</p>\n" * 2_000).encode(encoding, "ignore")[:200_000]
        decode(data[:1_000])
        start = time.perf_counter()
        mend(decode(data))
        assert time.perf_counter() - start < 0.2, (language, encoding)


def test_flaws_are_those_of_misreading() -> None:
    assert flaws(TEXTS["ru"]) == flaws(TEXTS["fr"]) == flaws("plain words") == 0
    assert flaws(TEXTS["ru"].encode("cp1251").decode("cp1252")) > 0.5
    assert ranked(b"plain words", ["no-such-set"])[0] == "cp1252"


def test_the_page_is_believed_before_the_header() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body>{RUSSIAN}</body></html>'
    assert RUSSIAN in decode(page.encode("cp1251"), "text/html; charset=iso-8859-1")


def test_the_header_is_believed_where_the_page_is_silent() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), "text/plain; charset=KOI8-R") == RUSSIAN


def test_valid_utf8_is_utf8_whatever_a_template_declares() -> None:
    page = f'<html><head><meta charset="iso-8859-1"></head><body>{RUSSIAN}</body></html>'
    assert RUSSIAN in decode(page.encode())


def test_latin_1_is_read_as_browsers_do() -> None:
    assert decode(b"\x93Never,\x94 she said", "text/html; charset=iso-8859-1") == "“Never,” she said"


def test_an_unknown_label_is_passed_over() -> None:
    assert decode("naïve".encode(), "text/html; charset=x-user-defined") == "naïve"


def test_mojibake_is_mended_and_the_rest_left() -> None:
    broken = "“No secret,” he said.\nThe cafÃ© in MÃ¼nster reopened.\r\n"
    assert mend(broken) == "“No secret,” he said.\nThe café in Münster reopened.\r\n"
    assert mend("Р“СѓР±РµСЂРЅР°С‚РѕСЂ Р·Р°СЏРІРёР»") == "Губернатор заявил"
    assert mend("‘As given’ — ﬁne… &amp; so on\n") == "‘As given’ — ﬁne… &amp; so on\n"


@pytest.mark.parametrize("language", TEXTS)
def test_mending_leaves_every_language_as_it_is(language: str) -> None:
    assert mend(TEXTS[language]) == TEXTS[language]


@pytest.mark.parametrize("language", [language for language in TEXTS if language != "ar"])
def test_utf8_misread_as_western_is_mended(language: str) -> None:
    data = TEXTS[language].encode()
    broken = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
    assert mend(broken) == TEXTS[language]
