"""The syllables of Mandarin and how a run of letters may be cut into them."""

from __future__ import annotations

from functools import lru_cache
from string import ascii_lowercase, digits

DIGITS36 = digits + ascii_lowercase

# The place of a syllable in its row is part of the tokens in the search index: only ever append to a row.
# zhei shares the place of zei, because a place is one of 36 signs.
_ROWS = """
a ai an ang ao
ba bai ban bang bao bei ben beng bi bian biang biao bie bin bing bo bong bu
ca cai can cang cao ce cei cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang
 chui chun chuo ci cong cou cu cuan cui cun cuo
da dai dan dang dao de dei den deng di dia dian diao die din ding diu dong dou du duan dui dun duo
e ei en eng er
fa fan fang fei fen feng fiao fo fou fu
ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo
ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo
ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun
ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo
la lai lan lang lao le lei len leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve lue
ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu
na nai nan nang nao ne nei nen neng ni nia nian niang niao nie nin ning niu nong nou nu nuan nun nuo nv nve nue
o ou
pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu
qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun
ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo
sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui
 shun shuo si song sou su suan sui sun suo
ta tai tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo
wa wai wan wang wei wen weng wo wong wu
xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun
ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun
za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang
 zhui zhun zhuo zi zong zou zu zuan zui zun zuo
"""

CODES: dict[str, str] = {}
"""Syllable → its two signs in the index: the first letter, and its place in the row."""

for _row in _ROWS.replace("\n ", " ").split("\n"):
    for _place, _syllable in enumerate(_row.split()):
        CODES[_syllable] = _syllable[0] + DIGITS36[_place]
CODES["zhei"] = CODES["zei"]

INITIALS = frozenset(syllable[0] for syllable in CODES)
PARTS = INITIALS | {"zh", "ch", "sh"}
"""What may stand for a whole syllable."""

LONGEST = max(map(len, CODES))
_STARTS = frozenset(syllable[:end] for syllable in CODES for end in range(1, len(syllable) + 1))
_ENOUGH = 400


@lru_cache(maxsize=512)
def cuts(letters: str) -> tuple[tuple[str, ...], ...]:
    """Ways to read typed letters as syllables and initials, the likeliest first, at most five.

    A part is a whole syllable, one initial, or (the last) the beginning of a syllable: `zhangjl` → zhang j l,
    `huaweij` → hua wei j, `xian` → xian, xi an, x i… is none, since no syllable starts with i.
    """
    found: list[tuple[str, ...]] = []
    steps = 0

    def cut(place: int, parts: tuple[str, ...]) -> None:
        nonlocal steps
        steps += 1
        if steps > _ENOUGH:
            return
        rest = letters[place:]
        if not rest:
            found.append(parts)
            return
        for size in range(min(LONGEST, len(rest)), 0, -1):
            part = rest[:size]
            if part in CODES or part in PARTS or (size == len(rest) and part in _STARTS):
                cut(place + size, (*parts, part))

    cut(0, ())
    whole = [parts for parts in found if all(part in CODES for part in parts[:-1])]
    whole.sort(key=lambda parts: (parts[-1] not in CODES, len(parts)))
    mixed = sorted((parts for parts in found if parts not in whole), key=len)
    chosen = whole[:3] + mixed[: 1 if whole else 2]
    initials = tuple(letters)
    if all(letter in INITIALS for letter in letters) and initials not in chosen:
        chosen.append(initials)
    return tuple(chosen)


@lru_cache(maxsize=512)
def completed(part: str) -> tuple[str, ...]:
    """All syllables that begin with `part`: zho → zhong zhou."""
    return tuple(syllable for syllable in CODES if syllable.startswith(part))
