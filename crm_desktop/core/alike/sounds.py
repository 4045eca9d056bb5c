"""How Chinese characters sound: names that sound alike are found together."""

from __future__ import annotations

from zlib import crc32

from crm_desktop.core.find.pinyin import usual_readings


class _Sounds(dict[int, str]):
    """For str.translate: a folded character by its usual reading."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        sound = self[code] = letter if letter.isascii() else usual_readings().get(letter, letter)
        return sound


SOUND = _Sounds()


class _SoundOf(dict[str, str]):
    """The same for a single character."""

    def __missing__(self, letter: str) -> str:
        sound = self[letter] = letter.translate(SOUND)
        return sound


SOUND_OF = _SoundOf()


class _SumOf(dict[str, int]):
    """A character as a number: the sum of those of the letters it sounds like."""

    def __missing__(self, letter: str) -> int:
        number = self[letter] = sum(crc32(one.encode()) for one in SOUND_OF[letter])
        return number


SUM_OF = _SumOf()


def sound_of(text: str) -> str:
    """A folded text by the usual readings of its characters."""
    return text if text.isascii() else text.translate(SOUND)
