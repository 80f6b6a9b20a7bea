#include "CHostFiles.h"

// By the preprocessor, which knows that a file has changed, and in a moment: lists of numbers in Swift took a minute of every build
// (Docs/Decisions/0161). The files are those that towns and authors of plugins copy, so that what is carried cannot differ from them.
#define CARRIED(name) \
    CarriedFile carried_##name(void) { return (CarriedFile){name, sizeof name}; }

static const unsigned char pingshen_plugin_py[] = {
#embed "../../Kits/python/pingshen_plugin.py"
};
CARRIED(pingshen_plugin_py)

static const unsigned char pingshen_plugin_mjs[] = {
#embed "../../Kits/node/pingshen_plugin.mjs"
};
CARRIED(pingshen_plugin_mjs)

static const unsigned char audit_yaml[] = {
#embed "../../Specs/pipelines/audit.yaml"
};
CARRIED(audit_yaml)

static const unsigned char audit_alone_yaml[] = {
#embed "../../Specs/pipelines/audit-alone.yaml"
};
CARRIED(audit_alone_yaml)

static const unsigned char compare_yaml[] = {
#embed "../../Specs/pipelines/compare.yaml"
};
CARRIED(compare_yaml)

static const unsigned char rubric_lint_yaml[] = {
#embed "../../Specs/pipelines/rubric-lint.yaml"
};
CARRIED(rubric_lint_yaml)

static const unsigned char review_words_yaml[] = {
#embed "../../Specs/forms/review-words.yaml"
};
CARRIED(review_words_yaml)

static const unsigned char reviewed_copy_yaml[] = {
#embed "../../Specs/pipelines/reviewed-copy.yaml"
};
CARRIED(reviewed_copy_yaml)

static const unsigned char init_yaml[] = {
#embed "../../Specs/pipelines/init.yaml"
};
CARRIED(init_yaml)

static const unsigned char init_project_yaml[] = {
#embed "../../Specs/pipelines/init-project.yaml"
};
CARRIED(init_project_yaml)

static const unsigned char default_form_yaml[] = {
#embed "../../Specs/forms/town-budget-request.yaml"
};
CARRIED(default_form_yaml)

static const unsigned char default_rubric_yaml[] = {
#embed "../../Specs/rubrics/minhang-project-review.yaml"
};
CARRIED(default_rubric_yaml)

static const unsigned char default_template_yaml[] = {
#embed "../../Specs/templates/minhang-review-report.yaml"
};
CARRIED(default_template_yaml)

static const unsigned char default_score_report_yaml[] = {
#embed "../../Specs/templates/score-report.yaml"
};
CARRIED(default_score_report_yaml)

static const unsigned char default_score_report_zh_yaml[] = {
#embed "../../Specs/templates/score-report-zh.yaml"
};
CARRIED(default_score_report_zh_yaml)

static const unsigned char rule_areas_yaml[] = {
#embed "../../Specs/templates/words/rule-areas.yaml"
};
CARRIED(rule_areas_yaml)

static const unsigned char summary_yaml[] = {
#embed "../../Specs/pipelines/summary.yaml"
};
CARRIED(summary_yaml)
