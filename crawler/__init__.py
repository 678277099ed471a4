"""County Reports: a crawler for China's 政府信息公开工作年度报告.

The version is said once, here; the User-Agent and every run summary repeat it.
"""

__version__ = "0.3.0.dev0"
