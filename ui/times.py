"""Moments as they are written in Vietnam, in Vietnamese time wherever the server thinks it stands."""

from datetime import datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))  # all of the country, all year


def short_time(moment: str) -> str:
    """Give a moment in ISO 8601 as "14:05 ngày 02/03/2026"; raises ValueError where it is none."""
    return datetime.fromisoformat(moment).astimezone(VIETNAM).strftime("%H:%M ngày %d/%m/%Y")


def full_time(moment: datetime) -> str:
    """Give a moment as documents state it: "14 giờ 05 phút, ngày 02 tháng 3 năm 2026"."""
    local = moment.astimezone(VIETNAM)
    # A leading zero where another figure could be written in before it.
    month = f"{local.month:02}" if local.month < 3 else str(local.month)
    return f"{local:%H} giờ {local:%M} phút, ngày {local:%d} tháng {month} năm {local.year}"
