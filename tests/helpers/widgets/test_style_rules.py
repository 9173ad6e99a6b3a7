"""A view carries the rules of the style sheet that it may need, and no others."""

import re

import pytest

from helpers.widgets import modules


@pytest.mark.parametrize("module", ["playground", "feature_maps", "style_studio"])
def test_no_class_of_a_view_loses_its_rules(module) -> None:
    script = modules.script(module)
    everything = modules.without_comments(modules.source("style.css")).splitlines()
    left_out = set(everything) - set(modules.style(module).splitlines())
    named = set(re.findall(r"rf-([\w-]+)", script)) | {"dashed", "dropped"} & set(re.findall(r"\w+", script))
    for rule in left_out:
        for selector in rule.partition("{")[0].split(","):
            classes = set(re.findall(r"\.rf-([\w-]+)", selector)) - {"view"}
            assert not classes <= named, rule


def test_rules_of_other_views_stay_out() -> None:
    assert ".rf-tile" in modules.style("feature_maps")
    assert ".rf-tile" not in modules.style("playground")
    assert ".rf-dashed" in modules.style("stepper"), "a class that `rf-${kind}` puts together"
    assert ".rf-problem" in modules.style("host")
    assert len(modules.style("playground")) < len(modules.source("style.css")) - 3000
