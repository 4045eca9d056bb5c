"""The demo company's people: twelve of staff in three departments, and how many customers each looks after."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm_desktop.business.staff.department import Department
from crm_desktop.business.staff.employee import Employee
from crm_desktop.business.system.demo_world import DAY, World
from crm_desktop.core.picklists import Tag
from crm_desktop.core.unit import Unit

COMPANY = "云帆智能装备（苏州）有限公司"
USER = "wangli"

# key, Chinese name, English name
DEPARTMENTS = (
    ("office", "总经办", "General Office"),
    ("sales1", "销售一部", "Sales Department 1"),
    ("sales2", "销售二部", "Sales Department 2"),
)

# user name, name, English name, role, department, position, tone, hired
STAFF = (
    ("zhoujg", "周建国", "Zhou Jianguo", "general", "office", "总经理", "grey", (2012, 3, 1)),
    ("sunlx", "孙立新", "Sun Lixin", "admin", "office", "系统管理员", "grey", (2016, 7, 11)),
    ("wangli", "王丽", "Wang Li", "manager", "sales1", "销售一部经理", "ok", (2015, 5, 18)),
    ("chenzq", "陈志强", "Chen Zhiqiang", "sales", "sales1", "高级销售", "accent", (2017, 9, 4)),
    ("liumin", "刘敏", "Liu Min", "sales", "sales1", "销售代表", "violet", (2019, 2, 25)),
    ("zhaowb", "赵文博", "Zhao Wenbo", "sales", "sales1", "销售代表", "info", (2020, 6, 15)),
    ("linjy", "林佳怡", "Lin Jiayi", "sales", "sales1", "销售代表", "warn", (2021, 8, 2)),
    ("hexm", "何晓明", "He Xiaoming", "sales", "sales1", "销售助理", "bad", (2023, 4, 10)),
    ("huanghy", "黄海燕", "Huang Haiyan", "manager", "sales2", "销售二部经理", "violet", (2014, 10, 8)),
    ("xujj", "徐俊杰", "Xu Junjie", "sales", "sales2", "高级销售", "ok", (2018, 3, 19)),
    ("guohr", "郭浩然", "Guo Haoran", "sales", "sales2", "销售代表", "accent", (2020, 11, 9)),
    ("luojing", "罗静", "Luo Jing", "sales", "sales2", "销售代表", "info", (2022, 5, 23)),
)
HEADS = {"sales1": "wangli", "sales2": "huanghy", "office": "zhoujg"}

# Who looks after how many of 300 customers.
SHARES = {"wangli": 68, "chenzq": 36, "liumin": 34, "zhaowb": 30, "linjy": 26, "hexm": 14,
          "huanghy": 24, "xujj": 28, "guohr": 24, "luojing": 16}  # fmt: skip

TAGS = (("展会客户", "info"), ("重点项目", "violet"), ("年度框架", "ok"), ("价格敏感", "warn"), ("需技术支持", "accent"),
        ("出口业务", "info"), ("转介绍", "grey"), ("付款及时", "ok"))  # fmt: skip


def plant(unit: Unit, world: World, user: Employee | None = None) -> None:
    """Departments, employees and tags. Roles are there already. user: somebody who is there already works in the place of USER."""
    root = world.today - 1_100 * DAY
    departments: dict[str, Any] = {}
    for position, (key, name, english) in enumerate(DEPARTMENTS):
        parent = departments["office"].id if departments else None
        department = Department(name=name, name_en=english, parent=parent, position=position)
        departments[key] = world.owned(department, None, world.at(root, 9))
    for department in departments.values():
        unit.save(department)
    roles = {code: role for role, code in unit.tx.run("SELECT id, code FROM role")}
    for number, (login, name, english, role, department_key, title, tone, hired) in enumerate(STAFF):
        if user is not None and login == USER:
            world.staff[login] = user
            continue
        employee = Employee(
            name=name, name_en=english, login=login, role=roles[role], department=departments[department_key].id,
            title=title, tone=tone, hired_on=date(*hired), mobile=f"1540512{number + 11:04d}",
            email=f"{login}@yunfan.example",
        )  # fmt: skip
        world.owned(employee, None, world.at(root, 9, 30))
        world.staff[login] = employee
        head = HEADS[department_key] if login not in HEADS.values() else "zhoujg"
        employee.manager = world.staff[head].id if head in world.staff and head != login else None
        unit.save(employee)
    tags = [world.owned(Tag(name=name, tone=tone), None, world.at(root, 10)) for name, tone in TAGS]
    unit.add(tags)
    world.picked["tag"] = {tag.name: tag.id for tag in tags}  # type: ignore[attr-defined]
    world.picked["stage"] = {code: stage for stage, code in unit.tx.run("SELECT id, code FROM stage")}


def sellers(world: World) -> list[Employee]:
    """Everybody who has customers of his own."""
    return [world.staff[login] for login in SHARES]
