"""Packages give the names that they export, and no others."""

import importlib

import pytest


@pytest.mark.parametrize("package", ["index", "assistant"])
def test_every_name_that_a_package_exports_is_there(package: str) -> None:
    module = importlib.import_module(package)
    for name in module.__all__:
        assert getattr(module, name).__name__
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute 'nothing'"):
        module.nothing  # noqa: B018
