"""Sentence ends of German, Russian and Arabic: ordinals, abbreviations, titles, hours and quoted questions."""

import pytest

from index import split_sentences

# A sentence ends at every bar.
TEXTS = {
    "de": [
        "Am 3. März 2031 kamen 12 Menschen um.|Der 2. Weltkrieg war lange vorbei.|Das 19. Jahrhundert begann.",
        "Die 1. Bundesliga beginnt am 7. August.|Der 1. FC Köln verlor.",
        "Papst Johannes Paul II.|Er starb 2005.|Kaiser Wilhelm II. trat zurück.",
        "Das kostet ca. 3 Mio. Euro, d. h. z. B. mehr als 2030.|Die Nr. 5 gewann.",
        "Dr. Müller sagte u. a. nein.|Am Mittwoch, dem 4. Dezember, kam er.",
        "Er kam am 5. Oktober.|Im 3. Quartal stieg der Umsatz.|Sie wohnt im 4. Stock.",
        "Am 1. Mai wird gefeiert.|Es waren 12.|Danach kam der Regen.|Es war der 21.|Er ging.",
        "Zum 100. Geburtstag kam der Präsident.|Bis 30. September ist Zeit.",
        "Ihr 2. Kind wurde am 9. November geboren.|Beim 10. Gipfel wird nicht verhandelt.",
    ],
    "ru": [
        "По данным на 3 марта 2031 г. погибли 12 человек.|Об этом сообщил И. И. Иванов.",
        "Ущерб составил 3 млн. руб. и больше.|В г. Москве и на ул. Ленина нет света.",
        "В 1998 г. Россия объявила дефолт.|Так считает проф. Сидоров, т. е. эксперт.",
        "Приехали врачи, спасатели и др.|Полиция молчит.|В т. ч. дети.|См. стр. 5.|Он родился в 1950 г.|Потом уехал.",
        "Стоимость 5 тыс. рублей.|В XX в. было иначе.|Им. Пушкина музей закрыт.",
        "Акад. Павлов жил на пл. Труда.|Это знают все.|Что дальше?|Никто не знает!",
    ],
    "ar": [
        "قتل سبعة أشخاص في العاصفة.|وقال رئيس البلدية إن الجسر مغلق.|كم عدد الجرحى؟|لا أحد يعلم!",
        "لا أحد يعلم!|قال د. أحمد إن ذلك صحيح.",
        "وصل الوزير أمس؛ ثم غادر.|بلغت النسبة 3.5 بالمئة.|«لن نغادر»، قال أحمد.|«لماذا؟» سأل الصحفي.",
        "العاصفة انتهت۔|عاد الناس.|قال ص. ب. 55 هو العنوان.|انتهى الاجتماع في الساعة 9 ص.|وغادر الجميع.",
        "التقى أ. د. سمير بالوزير.|هل وافق؟|نعم.",
    ],
    "en": [
        "I am 21. John left.|Some die 5. The rest live.".replace(". ", ".|"),
        "He was no. 5. Then he left.".replace("5. ", "5.|"),
    ],
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in TEXTS.items() for text in texts])
def test_ends(code, text):
    whole = text.replace("|", " ")
    assert [whole[sentence.start : sentence.end] for sentence in split_sentences(whole)] == text.split("|")
