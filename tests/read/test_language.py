"""The language of a text: foreign only when it is certain, for a foreign text is not extracted."""

from __future__ import annotations

import pytest

from onrecord.read.language import language

FOREIGN = {
    "ar": "قال وزير النقل يوم الثلاثاء إن العبارة الجديدة لن تبحر قبل الصيف لأن المهندسين طلبوا مزيدا من الوقت.",
    "bg": "Министърът на транспорта заяви във вторник, че новият ферибот няма да отплава преди лятото, защото инженерите поискаха още време.",
    "da": "Transportministeren sagde tirsdag, at den nye færge ikke sejler før sommeren, fordi ingeniørerne har bedt om mere tid til arbejdet.",
    "de": "Der Verkehrsminister sagte am Dienstag, die neue Fähre werde nicht vor dem Sommer fahren, weil die Ingenieure mehr Zeit verlangt hätten.",
    "el": "Ο υπουργός δήλωσε την Τρίτη ότι το νέο πλοίο δεν θα αποπλεύσει πριν από το καλοκαίρι.",
    "es": "El ministro de Transporte dijo el martes que el nuevo transbordador no zarpará antes del verano porque los ingenieros pidieron más tiempo.",
    "fa": "وزیر راه روز سه‌شنبه گفت که کشتی جدید پیش از تابستان حرکت نخواهد کرد زیرا مهندسان زمان بیشتری خواسته‌اند.",
    "fr": "Le ministre des Transports a déclaré mardi que le nouveau ferry ne partirait pas avant l'été, car les ingénieurs ont demandé plus de temps.",
    "he": "שר התחבורה אמר ביום שלישי כי המעבורת החדשה לא תפליג לפני הקיץ.",
    "it": "Il ministro dei Trasporti ha detto martedì che il nuovo traghetto non partirà prima dell'estate perché gli ingegneri hanno chiesto più tempo.",
    "ja": "運輸相は火曜日、新しいフェリーは夏まで出航しないと述べた。",
    "ko": "교통부 장관은 화요일 새 여객선이 여름 전에는 출항하지 않을 것이라고 말했다.",
    "nl": "De minister van Verkeer zei dinsdag dat de nieuwe veerboot niet voor de zomer zal varen, omdat de ingenieurs meer tijd hebben gevraagd.",
    "pl": "Minister transportu powiedział we wtorek, że nowy prom nie wypłynie przed latem, ponieważ inżynierowie poprosili o więcej czasu na prace.",
    "pt": "O ministro dos Transportes disse na terça-feira que a nova balsa não partirá antes do verão porque os engenheiros pediram mais tempo.",
    "ru": "Министр транспорта заявил во вторник, что новый паром не отправится до лета, поскольку инженеры попросили больше времени.",
    "tr": "Ulaştırma Bakanı salı günü yaptığı açıklamada, mühendislerin daha fazla zaman istemesi nedeniyle yeni feribotun yazdan önce sefere çıkmayacağını söyledi.",
    "zh": "交通部长周二表示，由于工程师要求更多时间，新渡轮在夏季之前不会启航。",
}
ENGLISH = [
    "The transport minister said on Tuesday that the new ferry would not sail before the summer.",
    "It rained, she said.",
    "Jean-Luc Lefèvre, maire de Saint-Étienne-du-Rouvray, told Le Monde that he would not go.",
    "Rodríguez, Peña and the Partido Acción Nacional were to meet at Palacio Nacional with the envoys of Itamaraty.",
    "He quoted the words “نعم” and “لا” as they had been spoken in the hall.",
]


@pytest.mark.parametrize(("code", "text"), FOREIGN.items())
def test_foreign_reports_are_known(code: str, text: str) -> None:
    assert language(text + "\n" + text) == code


@pytest.mark.parametrize("text", ENGLISH)
def test_english_full_of_foreign_names_is_english(text: str) -> None:
    assert language(text) == "en"


@pytest.mark.parametrize("text", ["", "1234 5678", "👩‍🚀🇳🇴", "Oslo", "Rain.", "QZX RTP 12", "Der Hafen"])
def test_what_is_too_short_to_tell_is_not_told(text: str) -> None:
    assert language(text) in {None, "en"}


def test_an_english_report_under_a_foreign_menu_is_english() -> None:
    assert language("Inicio Noticias Deportes Economía\n" + ENGLISH[0] * 5) == "en"


def test_polnear_is_english(shared: object) -> None:
    from pathlib import Path

    folder = Path(str(shared)) / "data" / "polnear" / "dev"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    assert texts and all(language(text) == "en" for text in texts)
    assert not [text for text in texts if language(text[:200]) not in {"en", None}]
