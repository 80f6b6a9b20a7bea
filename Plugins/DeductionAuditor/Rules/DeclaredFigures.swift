import BudgetLines
import ReviewModel

/// The rules about figures that documents state, with amounts for examples.
let figureRules = declaredFigureRules(
    differs: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 餐箱, quantity: 120, unit_price: 285.00, amount: 34200.00}
              declared_figures:
                - {figure: amounts.requested, value: ↓3.43, unit: wan, source: 正文第一章}
            """,
            zh: "正文第一章所列 3.43 万元 与计算结果 3.42 万元 不一致",
            en: "正文第一章 states 3.43 万元, computed is 3.42 万元"
        ),
        .good(
            """
            # 34,200.00 元即 3.42 万元，只印一位小数时即 3.4 万元。
            # 34,200.00 元 are 3.42 万元, and 3.4 万元 where one place is printed.
            tables:
              budget_lines:
                - {id: L1, group: 餐箱, quantity: 120, unit_price: 285.00, amount: 34200.00}
              declared_figures:
                - {figure: amounts.requested, value: 3.4, unit: wan, source: 正文第一章}
            """
        ),
    ],
    unknown: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 餐箱, quantity: 120, unit_price: 285.00, amount: 34200.00}
              declared_figures:
                - {figure: amounts.aproved, value: ↓34200.00, unit: CNY}
            """,
            zh: "没有可与\"amounts.aproved\"比较的计算结果",
            en: "nothing computed bears the name \"amounts.aproved\""
        ),
        .good(
            """
            # 开头的词不归本步骤计算的，由计算它的步骤核对。
            # A first word that nobody here computes is left to who does.
            tables:
              budget_lines:
                - {id: L1, group: 餐箱, quantity: 120, unit_price: 285.00, amount: 34200.00}
              declared_figures:
                - {figure: scores.review.total, value: 88, unit: points}
            """
        ),
    ]
)
