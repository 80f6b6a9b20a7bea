import BudgetLines
import ReviewModel

/// The rules about figures that documents state, with points for examples.
let figureRules = declaredFigureRules(
    differs: [
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 决策, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 8, reason: 程序不全}
              declared_figures:
                - {figure: scores.review.total, value: ↓9, unit: points, source: 正文第三章}
            """,
            zh: "正文第三章所列 9 与计算结果 8 不一致",
            en: "正文第三章 states 9, computed is 8"
        ),
        .good(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 决策, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 8, reason: 程序不全}
              declared_figures:
                - {figure: scores.review.total, value: 8, unit: points, source: 正文第三章}
            """
        ),
    ],
    unknown: [
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 决策, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 8, reason: 程序不全}
              declared_figures:
                - {figure: scores.reviw.total, value: ↓8, unit: points, source: 正文第三章}
            """,
            zh: "没有可与\"scores.reviw.total\"比较的计算结果",
            en: "nothing computed bears the name \"scores.reviw.total\""
        ),
        .good(
            """
            # 开头的词不归本步骤计算的，由计算它的步骤核对。
            # A first word that nobody here computes is left to who does.
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 决策, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 8, reason: 程序不全}
              declared_figures:
                - {figure: amounts.requested, value: 34200.00, unit: CNY, source: 正文第三章}
            """
        ),
    ]
)
