#pragma once
#include <stddef.h>

/// A file of this repository inside the program; it is there as long as the program runs.
typedef struct {
    const unsigned char *_Nonnull bytes;
    size_t count;
} CarriedFile;

/// `CarriedFile.swift` in Swift.
#define CARRIED_FILE(name, swift) \
    CarriedFile carried_##name(void) __attribute__((swift_name("getter:CarriedFile." #swift "()")));

// The kits that `plugins new` hands out.
CARRIED_FILE(pingshen_plugin_py, pythonKit)
CARRIED_FILE(pingshen_plugin_mjs, nodeKit)

// What the commands ask and say.
CARRIED_FILE(audit_yaml, audit)
CARRIED_FILE(audit_alone_yaml, auditAlone)
CARRIED_FILE(compare_yaml, compare)
CARRIED_FILE(rubric_lint_yaml, rubricLint)
CARRIED_FILE(review_words_yaml, reviewWords)
CARRIED_FILE(reviewed_copy_yaml, reviewedCopy)

// What `init` starts a project with, unless somebody brings his own.
CARRIED_FILE(init_yaml, initialReading)
CARRIED_FILE(init_project_yaml, initProject)
CARRIED_FILE(default_form_yaml, defaultForm)
CARRIED_FILE(default_rubric_yaml, defaultRubric)
CARRIED_FILE(default_template_yaml, defaultTemplate)
CARRIED_FILE(default_score_report_yaml, defaultScoreReport)
CARRIED_FILE(default_score_report_zh_yaml, defaultScoreReportZh)
CARRIED_FILE(rule_areas_yaml, ruleAreas)

// What `summarize` says of many reviews.
CARRIED_FILE(summary_yaml, summary)
