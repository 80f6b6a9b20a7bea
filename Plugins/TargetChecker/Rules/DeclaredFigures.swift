import BudgetLines
import ReviewModel

/// The rules about figures that documents state, with counts of targets for examples.
let figureRules = declaredFigureRules(
    differs: [
        .bad(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 餐箱数, value: 120 只, basis: 采购清单}
              declared_figures:
                - {figure: targets.reviewed.count, value: ↓2, unit: points, source: 正文第二章}
            """,
            zh: "正文第二章所列 2 与计算结果 1 不一致",
            en: "正文第二章 states 2, computed is 1"
        ),
        .good(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 餐箱数, value: 120 只, basis: 采购清单}
              declared_figures:
                - {figure: targets.reviewed.count, value: 1, unit: points, source: 正文第二章}
            """
        ),
    ],
    unknown: [
        .bad(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 餐箱数, value: 120 只, basis: 采购清单}
              declared_figures:
                - {figure: targets.reviewed.cuont, value: ↓1, unit: points, source: 正文第二章}
            """,
            zh: "没有可与\"targets.reviewed.cuont\"比较的计算结果",
            en: "nothing computed bears the name \"targets.reviewed.cuont\""
        ),
        .good(
            """
            # 开头的词不归本步骤计算的，由计算它的步骤核对。
            # A first word that nobody here computes is left to who does.
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 餐箱数, value: 120 只, basis: 采购清单}
              declared_figures:
                - {figure: amounts.requested, value: 34200.00, unit: CNY, source: 正文第二章}
            """
        ),
    ]
)
