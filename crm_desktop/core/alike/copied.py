"""What is copied into the cell of a name together with it: a number, a label, a street.

    C00234 恒泰科技有限公司                   the number an older program gave it
    客户：恒泰科技有限公司 联系人：王丽       what the cells of a form were called
    工业路456号6栋恒泰科技有限公司            the slip of a parcel
"""

from __future__ import annotations

import re

_CHINESE = "\u3400-\u9fff"
# A 0 in front or a stroke behind tells it, or that a Chinese name follows; R2000 Technologies, 1688科技 and F518 创意园 are names.
_NUMBER = re.compile(
    rf"^(?:[A-Z]{{0,4}}-?0\d{{2,}}|[A-Z]{{1,4}}-?\d{{4,}}(?=\s*[_:：、\-—]|\s+[{_CHINESE}])|\d{{4,}}(?=\W+[{_CHINESE}])|(?:客户?|编号|No\.?)\s?\d+)"
    rf"[\s_:：、\-—]+(?=[{_CHINESE}]{{3}}|[^\W\d_]{{2,}}\W+\w)"
)
_BEFORE_NUMBERS = "客编"
_LABEL = re.compile(
    r"^\W*(?:(?:客户|公司|单位|企业|店铺|商户|购货单位|收货单位)?(?:名称|全称|名)|客户|单位|公司|致|甲方|乙方|需方|购方|买方|抬头|发票抬头|"
    r"(?:customer|company|client)(?: name)?|name|to)\s*[:：]\s*|^m/s\.?\s+",
    re.IGNORECASE,
)
_MORE_LABELS = re.compile(
    r"(?<=[^\W\d_]{3})\s*[（(\[]?(?:联系人|联络人|经办人|负责人|收件人|地址|详细地址|联系地址|电话|联系电话|手机|税号|备注)\s*[:：].*$",
    re.DOTALL,
)
_STREET = re.compile(
    rf"^[{_CHINESE}]{{1,16}}?(?:路|街|道|巷|弄|村|园)\d+号?(?:之\d+)?"
    rf"(?:[A-Z]?\d*[-－]?[A-Z]?\d*(?:号楼|单元|栋|幢|座|楼|层|室|区|房|院|铺))*[\s,，]*(?=[{_CHINESE}]{{2}})"
)
_LINE_END = "_x000D_"  # as spreadsheets hide it


def without(text: str) -> str:
    """A cell without number and labels."""
    if ":" in text or "：" in text or text[1:2] == "/":
        text = _MORE_LABELS.sub("", _LABEL.sub("", text)) or text
    if text[:1].isascii() or text[:1] in _BEFORE_NUMBERS:
        text = _NUMBER.sub("", text)
    return text.removesuffix(_LINE_END)


def behind_street(text: str) -> str:
    """What stands behind street and house at the beginning of a text; "" when it does not begin so."""
    found = _STREET.match(text)
    return text[found.end() :] if found else ""
