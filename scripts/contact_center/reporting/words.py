"""The report's own words. The names of figures come from marts.metric_catalog."""

from __future__ import annotations

LANGUAGES = {"en": "English", "zh": "中文"}

WORDS = {
    "title": ("Contact centre report", "联络中心报告"),
    "all_companies": ("All companies", "全部公司"),
    "to": ("to", "至"),
    "before": ("was {value}", "此前 {value}"),
    "points": (" pts", " 个百分点"),
    "headlines_note": (
        "With the change to the {days} days before. What stands small beside a title leads to its "
        "definition.",
        "与之前 {days} 天相比。标题旁的编号链接到指标定义。",
    ),
    "headlines_note_of_a_day": (
        "With the change to the day before. What stands small beside a title leads to its "
        "definition.",
        "与前一天相比。标题旁的编号链接到指标定义。",
    ),
    "headlines_note_uncompared": (
        "Without a change: the data begin on {first}, so the days before aren't all in them. What "
        "stands small beside a title leads to its definition.",
        "不显示变化:数据始于 {first},不含之前的全部日期。标题旁的编号链接到指标定义。",
    ),
    # Not measured, not known yet, or nothing to divide by.
    "no_value": ("no value", "无数值"),
    "not_measured": ("not measured", "未测量"),
    "none": ("none", "无"),
    "other": ("other", "其他"),
    "no_channel": ("no channel", "无渠道"),
    "no_skill": ("no skill", "无技能组"),
    "of": ("{above} of {below}", "{above} / {below}"),
    "table": ("Table", "表格"),
    "contents": ("Contents", "目录"),
    "definition": ("definition", "定义"),
    "headlines": ("Headlines", "概览"),
    "sessions": ("Sessions by day and channel", "每日各渠道会话量"),
    "sessions_alt": (
        "Bars for each day, stacked by channel: sessions that started.",
        "每日柱形按渠道堆叠:开始的会话数。",
    ),
    "arrivals": ("Arrivals by weekday and half hour", "按星期与半小时的到达量"),
    "arrivals_alt": (
        "Weekdays and half hours: the darker, the more contacts began to queue on an average day. "
        "Local time of each company.",
        "星期与半小时的网格,颜色越深表示平均每天开始排队的联络越多。时间为各公司当地时间。",
    ),
    "service": ("Service level and abandonment by day", "每日服务水平与放弃率"),
    "service_alt": (
        "Two lines by day: the share answered within the target, and the share abandoned.",
        "每日两条折线:目标时间内接通的占比与放弃的占比。",
    ),
    "waits": ("Waits and first responses by skill", "各技能组的等待与首次响应"),
    "waits_alt": (
        "For each skill, from the median (dot) to the 90th percentile (stroke): waits in the queue "
        "and first responses, on a logarithmic scale.",
        "每个技能组从中位数(圆点)到第 90 百分位(竖线):排队等待与首次响应,对数刻度。",
    ),
    "backlog": ("Open at the end of the day", "日终未结会话"),
    "backlog_alt": (
        "Bars for each day, stacked: open sessions with an agent, waiting in a queue, with nobody.",
        "每日柱形堆叠:坐席处理中、排队中、无人处理的未结会话。",
    ),
    "agents": ("Agents", "坐席"),
    "hours": ("Agents' hours by state", "坐席各状态时长"),
    "hours_alt": (
        "For each agent a bar of hours idle, busy and on a break.",
        "每位坐席一条柱形:空闲、忙碌与小休的小时数。",
    ),
    "scores": ("Scores by channel and week", "各渠道每周评分"),
    "scores_alt": (
        "A line for each channel: the mean score of a week's evaluated sessions, from 1 to 5.",
        "每个渠道一条折线:每周已评价会话的平均分,1 至 5 分。",
    ),
    "tags": ("Tags of digital sessions", "数字渠道会话的标签"),
    "tags_alt": (
        "A bar for each tag: sessions tagged with it.", "每个标签一条柱形:带该标签的会话数。",
    ),
    "transfers": ("Transfers from skill to skill", "技能组之间的转接"),
    "transfers_alt": (
        "How many sessions were transferred from which skill (rows) to which (columns).",
        "从转出技能组(行)到转入技能组(列)转接的会话数。",
    ),
    "promises": ("Promises kept", "服务承诺"),
    "promises_alt": (
        "A line for each promise: the share of the day's clocks that met their target.",
        "每种承诺一条折线:当日计时达标的占比。",
    ),
    "promises_and_repeats": ("Promises and repeats", "承诺与重复来访"),
    "pendings": ("Pended while the customer waits", "客户等待时挂起"),
    "pendings_alt": (
        "A bar for each day: how often a session was set to pending though the customer had "
        "written last.",
        "每日一条柱形:客户最后留言后会话仍被挂起的次数。",
    ),
    "bots": ("What became of bots' sessions", "机器人会话的结果"),
    "bots_alt": (
        "Bars for each day, stacked by result: handed off, resolved, left, unknown, still running.",
        "每日柱形按结果堆叠:转人工、已解决、中途离开、未知、进行中。",
    ),
    "surveys": ("Surveys by kind and scale", "各类调查与量表"),
    "surveys_alt": (
        "For each survey a bar of three shares: the top two scores, those between, the bottom two.",
        "每种调查一条柱形,分为三段:前两档、中间、后两档评分的占比。",
    ),
    "requests": ("Surveys answered", "调查回复率"),
    "requests_alt": (
        "A line for each kind of survey: the share of a week's surveys that were answered.",
        "每种调查一条折线:当周发出的调查中已回复的占比。",
    ),
    "repeats": ("Repeats and resolution at first contact", "重复来访与首次解决"),
    "repeats_alt": (
        "Two lines by week: the share of closed matters that came back, and of those resolved at "
        "first contact. The youngest weeks have none yet.",
        "每周两条折线:已结会话的重复来访率与首次解决率。最近几周尚无数值。",
    ),
    "in_hours": ("Business hours only", "仅营业时间"),
    "in_hours_title": (", in business hours", "（营业时间）"),
    "hours_note": (
        "Counts of waits, first responses and service levels only the seconds in which the "
        "calendar was open. Only what has a calendar counts: {covered} of {total} queue legs.",
        "等待、首次响应与服务水平只计营业时间内的秒数。仅计入有营业日历的部分:"
        "{total} 次排队中的 {covered} 次。",
    ),
    "hours_without_calendar": (
        "Not to be had: no calendar of business hours holds for these days and companies.",
        "不可用:这些日期与公司没有营业日历。",
    ),
    "hours_without_waits": (
        "Not to be had: on these days no wait was answered or abandoned and nobody had a response.",
        "不可用:这些日期没有接通或放弃的排队,也没有首次响应。",
    ),
    "hours_of_later_release": (
        "Not to be had: the warehouse is of a release without business hours; build it again.",
        "不可用:该数据仓库版本没有营业时间;请重新构建。",
    ),
    "drawn": (
        "Drawn: the {shown} of {total} with the most. The table has all.",
        "仅绘制 {total} 项中最多的 {shown} 项,表格含全部。",
    ),
    "left_out": ("What was left out", "未计入的数据"),
    "left_out_note": (
        "Rows of all companies and days that broke a rule of the contract. Each stands, with its "
        "reason, in marts.quarantined_rows.",
        "所有公司、所有日期中违反数据约定的行。每一行及其原因见 marts.quarantined_rows。",
    ),
    "left_out_nothing": ("Nothing: every row was used.", "无:所有行均已使用。"),
    "definitions": ("Definitions", "指标定义"),
    "definitions_note": (
        "As marts.metric_catalog has them. A rate or an average of several days is the formula "
        "over the sums of its columns.",
        "与 marts.metric_catalog 一致。多日的比率或平均值为公式在各列合计上的结果。",
    ),
    "build": (
        "Build {number} of {time} UTC, data until {as_of} UTC",
        "第 {number} 次构建({time} UTC),数据截至 {as_of} UTC",
    ),
    "formula": ("Formula", "公式"),
    "counts_on": ("Counts on the day of", "计入日期"),
    "column": ("Column", "列"),
    "source": ("Source", "来源"),
    "day": ("Day", "日期"),
    "week": ("Week of", "周(起始日)"),
    "channel": ("Channel", "渠道"),
    "skill": ("Skill", "技能组"),
    "agent": ("Agent", "坐席"),
    "tag": ("Tag", "标签"),
    "time": ("Local time", "当地时间"),
    "measure": ("Measure", "度量"),
    "wait": ("Wait until answered", "接通前等待"),
    "first_response": ("First response", "首次响应"),
    "median": ("Median", "中位数"),
    "p90": ("90th percentile", "第 90 百分位"),
    "count": ("Count", "数量"),
    "idle": ("Idle, hours", "空闲(小时)"),
    "busy": ("Busy, hours", "忙碌(小时)"),
    "break": ("Break, hours", "小休(小时)"),
    "with_agent": ("With an agent", "坐席处理中"),
    "waiting_in_queue": ("Waiting in a queue", "排队中"),
    "with_nobody": ("With nobody", "无人处理"),
    "mean_score": ("Mean score", "平均分"),
    "tagged": ("Sessions", "会话数"),
    "from": ("From", "转出"),
    "to_skill": ("To", "转入"),
    "table_name": ("Table", "表"),
    "reason": ("Reason", "原因"),
    "rows": ("Rows", "行数"),
    "promise": ("Promise", "承诺"),
    "closed": ("Closed", "已结"),
    "matured": ("Known by now", "已满观察期"),
    "first_response_promise": ("First response", "首次响应"),
    "next_response_promise": ("Next response", "后续响应"),
    "resolution_promise": ("Resolution", "解决"),
    "survey": ("Survey", "调查"),
    "scale": ("Scale", "量表"),
    "scale_of": ("{low} to {high}", "{low} 至 {high}"),
    "csat_survey": ("Satisfaction", "满意度"),
    "nps_survey": ("Recommendation (NPS)", "推荐意愿(NPS)"),
    "ces_survey": ("Effort (CES)", "费力度(CES)"),
    "top_2": ("Top two scores", "前两档评分"),
    "between": ("Between", "中间评分"),
    "bottom_2": ("Bottom two scores", "后两档评分"),
    "monday": ("Mon", "周一"),
    "tuesday": ("Tue", "周二"),
    "wednesday": ("Wed", "周三"),
    "thursday": ("Thu", "周四"),
    "friday": ("Fri", "周五"),
    "saturday": ("Sat", "周六"),
    "sunday": ("Sun", "周日"),
    "seconds": ("{value} s", "{value} 秒"),
    "minutes": ("{value} min", "{value} 分钟"),
    "hours_long": ("{value} h", "{value} 小时"),
}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Words:
    """`words("sessions")`, or `words("of", above=1, below=2)` with what its braces name."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._position = list(LANGUAGES).index(language)

    def __call__(self, name: str, **values: object) -> str:
        return WORDS[name][self._position].format(**values)

    def has(self, name: str) -> bool:
        return name in WORDS

    def duration(self, seconds: float) -> str:
        """Seconds below two minutes, minutes below two hours, else hours."""
        for name, size in (("seconds", 1), ("minutes", 60), ("hours_long", 3600)):
            if abs(seconds) < 120 * size or name == "hours_long":
                return self(name, value=f"{seconds / size:,.1f}".removesuffix(".0"))
        raise AssertionError

    def value(self, value: object, unit: str) -> str:
        """A figure as text; `unit` as in metric_catalog."""
        if value is None:
            return self("no_value")
        if unit == "ratio":
            return f"{value:.1%}"
        if unit == "seconds":
            return self.duration(value)
        if unit == "count":
            return f"{value:,.0f}"
        if isinstance(value, float):
            return f"{value:,.2f}"
        return str(value)
