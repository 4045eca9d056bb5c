"""The catalogues of the window: complete, true to their sources, in the words of the glossary and freshly compiled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTranslator

from crm_desktop.core import words
from tools import translations

CHINESE = ("zh_CN", "zh_TW")
FORMS = {"zh_CN": 1, "zh_TW": 1, "en": 2}

# What a translation repeats as it is: {name}, {count:,}, %n, %s, %(name)s, line breaks, --options and file endings.
KEPT = re.compile(r"\{[A-Za-z_]\w*(?::[^}]*)?\}|%\(\w+\)[a-z]|%[ns]\b|\n|(?<!\w)--[a-z]+|\.(?:xlsx|xlsb|xls|ods|csv|pdf)\b")
# Not words of a sentence: placeholders, and conditions as they are typed (owner=me).
NO_WORDS = re.compile(r"\{[A-Za-z_]\w*(?::[^}]*)?\}|\w+=\w+")
IDEOGRAPH = re.compile(r"[㐀-鿿]")

# English -> simplified, traditional: the glossary of the feature list as far as the program uses it today.
GLOSSARY = {
    "Workbench": ("工作台", "工作台"),
    "Customer": ("客户", "客戶"),
    "Contact": ("联系人", "聯絡人"),
    "Lead": ("线索", "線索"),
    "Opportunity": ("商机", "商機"),
    "Won": ("赢单", "贏單"),
    "Lost": ("输单", "輸單"),
    "Probability": ("赢率", "贏率"),
    "Stage": ("阶段", "階段"),
    "Follow-up": ("跟进记录", "跟進記錄"),
    "Contract": ("合同", "合約"),
    "Competitor": ("竞争对手", "競爭對手"),
    "Owner": ("负责人", "負責人"),
    "Assign": ("指派", "指派"),
    "Scheduled export": ("定时导出", "定時匯出"),
    "Recycle bin": ("回收站", "資源回收筒"),
    "Calendar": ("日历", "行事曆"),
    "Postcode": ("邮编", "郵遞區號"),
}

# Sources in which a word of the glossary is not the term, and why.
THE_ACT = "to contact somebody, not the person"
GONE = "something got lost, not an opportunity"
COMMAND_LINE = "words a person types into the command line stay English"
NOT_THE_TERM = {
    "Contacts overdue": THE_ACT,
    "Customers to contact": THE_ACT,
    "Leads to contact": THE_ACT,
    "Last contact": THE_ACT,
    "Next contact": THE_ACT,
    "To contact today": THE_ACT,
    "{count} to contact today": THE_ACT,
    "{content}\nNext contact: {day}": THE_ACT,
    "The connection to the server was lost while saving, and it is not certain whether the change was saved. "
    "Look at the record again before you repeat it.": GONE,
    "%n of them cannot be kept and would be lost.": GONE,
    "The connection to {host} was lost. Check your network and try again.": GONE,
    "The file {file} is empty; what was in it is lost. Restore a backup with: crm-desktop database restore, or delete the file to "
    "start afresh.": GONE,
    "“{value}” is a number the spreadsheet has shortened; its digits are lost. Format the column as text and enter it again.": GONE,
    "Name the kind of record and the sheet: crm-desktop import customer customers.xlsx": COMMAND_LINE,
    "kind of record: customer, contact, lead …": COMMAND_LINE,
    "the view to open: workbench, customers, opportunities, calendar …": COMMAND_LINE,
}
# Words the glossary rules out, and words of the other side of the strait.
NEVER = {
    "zh_CN": "潜在客户 销售机会 业务机会 跟踪记录 胜率 仪表盘 公海池 资料夹 档案 伺服器 预设 汇入 列印 行事历 成功 失败",
    "zh_TW": "潛在客戶 銷售機會 跟蹤記錄 合同 聯係 文件夾 服務器 默認 導入 導出 打印 日曆 單元格 字段 數據 網絡 軟件 用戶 許可權 程式碼 "
    "打開 保存 查找 信息 屏幕 鼠標 界面 菜單",
}

Strings = dict[str, list[str]]


@pytest.fixture(scope="module")
def sources() -> list[str]:
    """Every marked string; a marker around an f-string or a sum raises NotConstant here."""
    return translations.collected()


@pytest.fixture(params=translations.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def strings(language: str) -> Strings:
    return translations.known(language)


def complaints(strings: Strings, wrong: Callable[[str, str], object]) -> list[tuple[str, str]]:
    """The pairs of source and translated form that are wrong."""
    return [(source, form) for source, forms in strings.items() for form in forms if wrong(source, form)]


def test_every_string_is_translated(language: str, sources: list[str], strings: Strings) -> None:
    assert [source for source in translations.wanted(language, sources) if source not in strings] == []


def test_nothing_is_translated_that_is_gone(language: str, sources: list[str], strings: Strings) -> None:
    assert sorted(set(strings) - set(sources)) == []


def test_counts_have_all_the_plural_forms_of_the_language(language: str, strings: Strings) -> None:
    forms = {source: len(texts) for source, texts in strings.items()}
    assert {source: n for source, n in forms.items() if n != (FORMS[language] if "%n" in source else 1)} == {}


def test_placeholders_breaks_options_and_endings_are_kept(strings: Strings) -> None:
    assert complaints(strings, lambda source, form: Counter(KEPT.findall(source)) != Counter(KEPT.findall(form))) == []


def test_spaces_at_the_ends_are_kept(strings: Strings) -> None:
    def ends(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert complaints(strings, lambda source, form: ends(source) != ends(form)) == []


def test_english_plurals_have_no_brackets_left(strings: Strings, language: str) -> None:
    if language == "en":
        assert complaints(strings, lambda _source, form: re.search(r"\((?:s|es|ies)\)", form)) == []


@pytest.mark.parametrize("language", CHINESE, scope="module")
def test_a_sentence_ends_as_its_source_does(strings: Strings) -> None:
    ends = {".": "。", "…": "…", ":": "："}

    def wrong(source: str, form: str) -> bool:
        abbreviation = source.endswith(".") and " " not in source and len(source) < 4  # Mr., Ms.
        expected = "" if abbreviation else ends.get(source[-1], "")
        return expected != (form[-1] if form[-1] in ends.values() else "")

    assert complaints(strings, wrong) == []


@pytest.mark.parametrize("language", CHINESE, scope="module")
def test_punctuation_between_chinese_words_is_full_width(strings: Strings) -> None:
    half = re.compile(r"[㐀-鿿][,;:?!(]|[,;:?!)][㐀-鿿]|[㐀-鿿]\.(?:\s|$)")
    assert complaints(strings, lambda source, form: half.search(form) and source.strip() != "usage:") == []
    assert complaints(strings, lambda _source, form: "！" in form) == []


@pytest.mark.parametrize(("language", "charset"), [("zh_CN", "gb2312"), ("zh_TW", "big5")], scope="module")
def test_simplified_and_traditional_characters_are_not_mixed(strings: Strings, charset: str) -> None:
    def foreign(_source: str, form: str) -> bool:
        signs = "".join(IDEOGRAPH.findall(form))
        return signs.encode(charset, "ignore").decode(charset) != signs

    examples = {"华", "為"}  # “name~华为” is an example of what a person types
    assert [pair for pair in complaints(strings, foreign) if not examples & set(pair[0])] == []


def terms_in(source: str) -> Iterator[str]:
    """The glossary's words in a source, singular or plural."""
    words = NO_WORDS.sub(" ", source)
    for term in GLOSSARY:
        plural = term[:-1] + "ies" if term.endswith("ty") else term + "s"
        if re.search(rf"(?<![\w-])(?:{term}|{plural})(?![\w-])", words, re.IGNORECASE):
            yield term


@pytest.mark.parametrize("language", CHINESE, scope="module")
def test_the_glossary_is_kept(strings: Strings, language: str) -> None:
    side = CHINESE.index(language)
    wrong = [
        (term, source, form)
        for source, forms in strings.items()
        if source not in NOT_THE_TERM
        for term in terms_in(source)
        for form in forms
        if GLOSSARY[term][side] not in form
    ]
    assert wrong == []


def test_the_exceptions_of_the_glossary_are_still_there(sources: list[str]) -> None:
    assert sorted(set(NOT_THE_TERM) - set(sources)) == []


@pytest.mark.parametrize("language", CHINESE, scope="module")
def test_no_word_is_used_that_the_glossary_rules_out(strings: Strings, language: str) -> None:
    assert [(word, form) for word in NEVER[language].split() for forms in strings.values() for form in forms if word in form] == []


def test_the_compiled_catalogue_is_current(language: str, strings: Strings) -> None:
    compiled = QTranslator()
    assert compiled.load(language, str(translations.FOLDER))
    stale = {
        source: forms
        for source, forms in strings.items()
        if forms != [compiled.translate("", source, "", n) for n in (range(1, len(forms) + 1) if "%n" in source else [-1])]
    }
    assert stale == {}


def test_words_and_sentences_stand_in_a_row_as_the_language_has_them() -> None:
    parts = ["One.", "", "Two."]
    assert words.together(parts, "en") == "One. Two." and words.listed(["a", "b"], "en") == "a, b"
    assert words.together(["一。", "二。"], "zh_CN") == words.together(["一。", "", "二。"], "zh_TW") == "一。二。"
    assert words.listed(["甲", "乙"], "zh_TW") == "甲、乙"
