"""残疾人小组台账."""

from canju.ledgers import shared
from canju.ledgers.base import Ledger, heading
from canju.ledgers.kinds import (
    CountCell,
    DayCell,
    NameCell,
    PhoneCell,
    PlaceKind,
    SerialCell,
    TextCell,
    TownCell,
    VillageCell,
    WholeCell,
    YesNo,
)


class Group(Ledger, key="groups", title="残疾人小组台账", identity=("village", "place")):
    """One row a place, with or without a group."""

    serial: SerialCell = heading(*shared.SERIAL, derived=True)
    town: TownCell = heading(*shared.TOWN, required=True, derived=True)
    village: VillageCell = heading(*shared.VILLAGE)
    place: TextCell = heading(
        "地点名称", "设置区域", "区域名称", "设置地点", "所在地", "安置点名称", "小区名称", "场所名称", "地点", "场所", required=True
    )
    place_kind: PlaceKind = heading("地点类型", "区域类型", "场所类型", "地点类别", "类型", required=True)
    persons: CountCell = heading(
        "残疾人数", "残疾人总数", "总人数", "残疾人总人数", "残疾人人数", "残疾人数合计", "残疾人数量", required=True, derived=True
    )
    certified: CountCell = heading("持证人数", "其中持证", "持证", "持证残疾人数", "持证残疾人", "已办证人数", "有证人数")
    uncertified: CountCell = heading(
        "未持证人数", "其中未持证", "未持证", "未持证残疾人数", "未持证残疾人", "未办证人数", "无证人数", "疑似残疾人数"
    )
    established: YesNo = heading(
        "是否设立小组",
        "是否建组",
        "是否成立",
        "是否成立残疾人小组",
        "是否设立残疾人小组",
        "是否建立小组",
        "是否成立小组",
        "是否设立",
        "有无小组",
        "是否已建残疾人小组",
        required=True,
    )
    established_on: DayCell = heading("成立时间", "设立时间")
    group_name: TextCell = heading("小组名称", "残疾人小组名称", "残疾人小组", "小组名")
    liaison: NameCell = heading(
        "联络员", "联络员姓名", "组长", "召集人", "联络人", "组长姓名", "小组联络员", "小组组长", "小组负责人", "负责人"
    )
    liaison_phone: PhoneCell = heading("联络员电话", "联络员联系电话", "组长电话", "小组联络员电话")
    liaison_identity: TextCell = heading("联络员身份")
    guided_by: TextCell = heading("指导单位", "指导部门")
    disabled_members: CountCell = heading(
        "残疾人组员", "成员残疾人数", "残疾人组员人数", "残疾人成员", "残疾人成员数", "成员中残疾人", "组员中残疾人数"
    )
    relative_members: CountCell = heading(
        "亲友人数", "亲友组员", "残疾人亲友人数", "亲友数", "残疾人亲友数", "亲友成员数", "其中亲友", "组员中亲友数"
    )
    volunteer_members: CountCell = heading("志愿者人数", "志愿者组员", "志愿者", "志愿者数", "志愿者成员数", "其中志愿者", "组员中志愿者数")
    activities: WholeCell = heading("活动次数", "开展活动次数", "活动开展次数", "活动数")
    station: YesNo = heading("是否设康复站", "康复站")
    station_head: NameCell = heading("站长")
    station_room: YesNo = heading("办公场地")
    station_equipment: YesNo = heading("办公设施", "设备", "办公设备")
    station_sign: YesNo = heading("标识牌")
    station_rules: YesNo = heading("规章制度")
    remarks: TextCell = heading(*shared.REMARKS)
