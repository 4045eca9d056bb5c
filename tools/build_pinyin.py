"""Build resources/pinyin from the pypinyin and OpenCC dictionaries, so that the program needs neither.

Run it only to refresh the tables:  pip install pypinyin opencc-python-reimplemented && python tools/build_pinyin.py
"""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "resources" / "pinyin"

# A reading of a polyphone is kept when the phrase dictionary uses it at least so often.
KEEP_COUNT = 3
KEEP_SHARE = 0.015

# What a company or a person's name says, where the phrase dictionary (idioms, mostly) counts otherwise.
FIRST = {
    "厦": "xia",
    "翟": "zhai",
    "给": "gei",
    "曾": "zeng",
    "都": "du",
    "盛": "sheng",
    "覃": "qin",
    "晟": "sheng",
    "石": "shi",
    "合": "he",
    "系": "xi",
    "艾": "ai",
    "佛": "fo",
    "俞": "yu",
    "尉": "wei",
    "缪": "miao",
    "隗": "wei",
    "娜": "na",
    "莎": "sha",
    "茜": "qian",
    "婷": "ting",
    "燚": "yi",
    "喆": "zhe",
    "昇": "sheng",
    "邮": "you",
    "亿": "yi",
    "的": "de",
    "了": "le",
    "着": "zhe",
    "地": "di",
    "得": "de",
    "蚌": "bang",
    "尺": "chi",
    "阚": "kan",
    "嘉": "jia",
    "家": "jia",
    "齐": "qi",
    "阿": "a",
    "贾": "jia",
    "呢": "ne",
    "吗": "ma",
}

# Further readings people type: place names, trades, given names.
ALSO = {
    "会": "kuai",
    "厦": "sha",
    "车": "ju",
    "蚌": "beng",
    "埔": "bu pu",
    "台": "tai",
    "番": "pan",
    "六": "lu",
    "莘": "xin shen",
    "浚": "jun xun",
    "铅": "yan",
    "亳": "bo",
    "泷": "long shuang",
    "丽": "li",
    "泌": "bi mi",
    "阿": "e",
    "乾": "gan",
    "峙": "shi zhi",
    "荥": "xing ying",
    "枞": "zong cong",
    "济": "ji",
    "祭": "zhai",
    "涡": "guo wo",
    "茜": "xi",
    "娜": "nuo",
    "晟": "cheng",
    "行": "hang",
    "乐": "yue",
    "重": "chong",
    "长": "zhang",
    "朝": "zhao chao",
    "薄": "bo bao",
    "校": "jiao",
    "藏": "zang cang",
    "参": "shen",
    "发": "fa",
    "强": "qiang",
    "吕": "lu",
    "女": "nu",
    "绿": "lu",
    "率": "lu",
    "律": "lu",
    "旅": "lu",
    "驴": "lu",
    "履": "lu",
    "屡": "lu",
    "铝": "lu",
    "虑": "lu",
    "滤": "lu",
    "氯": "lu",
    "缕": "lu",
    "侣": "lu",
    "略": "lue",
    "掠": "lue",
    "虐": "nue",
    "疟": "nue",
    "闾": "lu",
    "榈": "lu",
}

# Readings of old books that no name uses: each would only add false finds.
NEVER = {
    "冯": "ping",
    "贾": "gu",
    "奇": "ji",
    "汤": "shang",
    "景": "ying",
    "强": "jiang",
    "将": "qiang",
    "见": "xian",
    "遗": "wei",
    "被": "pi",
    "诘": "ji",
    "亲": "qing",
    "艾": "yi",
    "迫": "pai",
    "阚": "han",
    "识": "zhi",
}

# Simplified characters in their own right, although a table also maps them to another one.
STAYS = "乾著抬么徵"

# Surnames whose reading differs from the usual one of the character (and the usual mistakes stay findable).
SURNAMES = {
    "单": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "盖": "ge",
    "区": "ou",
    "翟": "zhai",
    "任": "ren",
    "华": "hua",
    "朴": "piao",
    "尉": "wei",
    "繁": "po",
    "黑": "he",
    "折": "she",
    "召": "shao",
    "冼": "xian",
    "洗": "xian",
    "盛": "sheng",
    "种": "chong",
    "覃": "qin",
    "乐": "yue",
    "员": "yun",
    "贠": "yun",
    "缪": "miao",
    "隗": "wei",
    "宓": "mi",
    "秘": "bi",
    "费": "fei",
    "那": "na",
    "哈": "ha",
    "郇": "xun",
    "晁": "chao",
    "乜": "nie",
    "佴": "nai",
    "佟": "tong",
    "殳": "shu",
    "牟": "mou",
    "曲": "qu",
    "句": "gou",
    "勾": "gou",
    "车": "che",
    "柏": "bai",
    "葛": "ge",
    "令": "ling",
    "邵": "shao",
    "逄": "pang",
    "逯": "lu",
    "祭": "zhai",
    "能": "nai",
    "粘": "nian",
    "钻": "zuan",
    "尹": "yin",
    "卜": "bu",
    "薄": "bo",
    "炅": "gui",
    "臧": "zang",
    "乘": "cheng",
    "藏": "zang",
    "撒": "sa",
    "莘": "shen",
    "谌": "chen",
    "谯": "qiao",
    "郗": "xi",
    "燕": "yan",
    "宁": "ning",
    "应": "ying",
    "相": "xiang",
    "贾": "jia",
    "俞": "yu",
    "石": "shi",
    "叶": "ye",
    "长": "chang",
    "万俟": "mo qi",
    "尉迟": "yu chi",
    "长孙": "zhang sun",
    "单于": "chan yu",
    "澹台": "tan tai",
    "夏侯": "xia hou",
    "宿": "su",
    "阚": "kan",
    "亓": "qi",
    "褚": "chu",
    "訾": "zi",
    "瞿": "qu",
    "戴": "dai",
    "占": "zhan",
    "兴": "xing",
    "干": "gan",
    "厘": "xi",
    "谷": "gu",
    "铅": "qian",
    "郝": "hao",
    "皇甫": "huang fu",
    "令狐": "ling hu",
    "呼延": "hu yan",
    "闾丘": "lv qiu",
    "鲜于": "xian yu",
    "屈突": "qu tu",
    "宰父": "zai fu",
    "亓官": "qi guan",
    "子车": "zi ju",
    "车正": "che zheng",
    "公冶": "gong ye",
    "拓跋": "tuo ba",
}


def plain(reading: str) -> str:
    """A reading without its tone, ü written v: lǜ becomes lv, lüè becomes lve."""
    parts = unicodedata.normalize("NFD", reading.lower())
    umlaut = parts.replace("u\u0308", "v").replace("ê", "e")
    return "".join(letter for letter in umlaut if not unicodedata.combining(letter))


def ordered(readings: Iterable[str]) -> list[str]:
    """The readings without repetition, in their first order, only real syllables."""
    return [reading for reading in dict.fromkeys(readings) if reading and reading not in {"m", "n", "ng", "hm", "hng"}]


def phrase_use(phrases: dict[str, list[list[str]]]) -> dict[str, Counter[str]]:
    """How often each character is read which way in the phrase dictionary."""
    use: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, readings in phrases.items():
        if len(phrase) == len(readings):
            for letter, reading in zip(phrase, readings, strict=True):
                use[letter][plain(reading[0])] += 1
    return use


def all_readings(characters: dict[int, str], use: dict[str, Counter[str]]) -> dict[str, list[str]]:
    """Every character with its readings, the one a name uses most first."""
    table: dict[str, list[str]] = {}
    for code, text in characters.items():
        letter = chr(code)
        listed = ordered(plain(reading) for reading in text.split(","))
        if not listed:
            continue
        counts = use.get(letter, Counter())
        total = sum(counts.values())
        kept = [reading for reading, count in counts.most_common() if count >= KEEP_COUNT and count / total >= KEEP_SHARE]
        first = FIRST.get(letter) or (kept[0] if kept else listed[0])
        spoken = ordered([first, *kept, *ALSO.get(letter, "").split(), *SURNAMES.get(letter, "").split()])
        table[letter] = [reading for reading in spoken if reading != NEVER.get(letter)]
    return table


def words(phrases: dict[str, list[list[str]]], readings: dict[str, list[str]]) -> dict[str, str]:
    """Two-character words that read a polyphone otherwise than its usual way: 重庆 chong qing."""
    chosen: dict[str, str] = {}
    for phrase, parts in phrases.items():
        if len(phrase) != 2 or len(parts) != 2 or not all(letter in readings for letter in phrase):
            continue
        spoken = [plain(part[0]) for part in parts]
        usual = [readings[letter][0] for letter in phrase]
        known = all(one in readings[letter] for one, letter in zip(spoken, phrase, strict=True))
        if spoken != usual and known:
            chosen[phrase] = " ".join(spoken)
    chosen.update(
        {
            "重庆": "chong qing",
            "厦门": "xia men",
            "大厦": "da sha",
            "银行": "yin hang",
            "音乐": "yin yue",
            "会计": "kuai ji",
            "六安": "lu an",
            "番禺": "pan yu",
            "蚌埠": "beng bu",
            "行业": "hang ye",
        }
    )
    return chosen


def traditional(tables: list[tuple[Path, bool]]) -> dict[str, str]:
    """Simplified character → every other way of writing it, from OpenCC's character tables."""
    fold: dict[str, str] = {}
    for path, reverse in tables:
        for line in path.read_text(encoding="utf-8").splitlines():
            source, _, targets = line.partition("\t")
            for target in targets.split(" ")[: None if reverse else 1]:
                old, new = (target, source) if reverse else (source, target)
                # The first table is the one of simplified characters: where a later one goes back from it (台 to 臺), it is left.
                if len(old) == 1 and len(new) == 1 and old != new and old not in STAYS and fold.get(new) != old:
                    fold.setdefault(old, new)
    groups: dict[str, str] = defaultdict(str)
    for letter in sorted(fold):
        end = letter
        for _ in range(4):  # 龒 → 龍 → 龙
            end = fold.get(end, end)
        if end != letter:
            groups[end] += letter
    return groups


def wanted(letter: str, extra: set[str]) -> bool:
    """The common planes, plus rarer characters that a known name or a traditional spelling uses."""
    return "㐀" <= letter <= "鿿" or letter == "〇" or letter in extra


def write(name: str, note: str, lines: Iterable[str]) -> None:
    """One table file: a comment line, then one entry a line."""
    path = TARGET / name
    path.write_text(f"# {note}\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    print(f"{path.name:18} {path.stat().st_size:8,} bytes")


def main() -> int:
    """Write the five tables."""
    import opencc
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    dictionary = Path(opencc.__file__).parent / "dictionary"
    groups = traditional(
        [(dictionary / "TSCharacters.txt", False), (dictionary / "TWVariants.txt", True), (dictionary / "HKVariants.txt", True)]
    )
    extra = {letter for simplified, others in groups.items() for letter in simplified}
    folded = {letter for others in groups.values() for letter in others}
    readings = {
        letter: spoken
        for letter, spoken in all_readings(PINYIN_DICT, phrase_use(PHRASES_DICT)).items()
        if wanted(letter, extra) and letter not in folded
    }
    by_syllable: dict[str, str] = defaultdict(str)
    for letter in sorted(readings):
        by_syllable[readings[letter][0]] += letter

    TARGET.mkdir(parents=True, exist_ok=True)
    write(
        "syllables.txt",
        "usual reading, then the characters read so (ü is v)",
        (f"{syllable} {letters}" for syllable, letters in sorted(by_syllable.items())),
    )
    write(
        "polyphones.txt",
        "character, then all readings to find it by, the usual one first",
        (f"{letter} {' '.join(spoken)}" for letter, spoken in sorted(readings.items()) if len(spoken) > 1),
    )
    write(
        "words.txt",
        "words that read a character otherwise than usual; they decide the sort order",
        (f"{word} {spoken}" for word, spoken in sorted(words(PHRASES_DICT, readings).items())),
    )
    write(
        "surnames.txt",
        "surnames and how they are read at the start of a person's name",
        (f"{name} {spoken}" for name, spoken in sorted(SURNAMES.items())),
    )
    write(
        "traditional.txt",
        "simplified character, then the characters folded into it",
        (f"{simplified} {others}" for simplified, others in sorted(groups.items())),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
