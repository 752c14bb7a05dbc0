"""Which version an implementation has."""

import json

import pytest

from conformance._targets.module import load_module

BARE = "surfaces = ['python']\ndef create_app(context): ..."


@pytest.fixture
def install(write):
    """Write what is known of an installed distribution: the files that it lists, and the folder of an editable one."""

    def install(name, version, files="", folder=None):
        info = f"{name}-{version}.dist-info"
        write(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", f"{info}/METADATA")
        write("".join(f"{file},,\n" for file in files.split()), f"{info}/RECORD")
        if folder:
            write(json.dumps({"url": folder.as_uri(), "dir_info": {"editable": True}}), f"{info}/direct_url.json")

    return install


def test_the_version_of_a_file_is_what_it_states(write):
    path = write(BARE, "pytest.py")
    assert load_module(str(path)).version is None


def test_the_version_of_a_module_is_that_of_the_distribution_with_its_file(write, install):
    write(BARE, "some_adapter.py")
    assert load_module("some_adapter").version is None
    install("another_name", "7.8", "some_adapter.py")
    assert load_module("some_adapter").version == "7.8"


def test_the_version_of_a_part_of_a_namespace_package_is_that_of_its_own_distribution(write, install):
    write(BARE, "some_space/one.py")
    install("space_one", "1.1", "some_space/one.py")
    install("space_two", "2.2", "some_space/two.py")
    assert load_module("some_space.one").version == "1.1"


def test_a_distribution_with_a_module_of_the_same_name_is_another(write, install):
    write(BARE, "some_tests/adapter.py")
    install("some_tests", "1.1", "some_tests/__init__.py")
    install("unrelated", "2.2", "some_tests/other.py")
    assert load_module("some_tests.adapter").version is None


def test_the_version_of_a_module_that_is_installed_for_editing_is_that_of_its_folder(write, install, tmp_path):
    write(BARE, "some_adapter.py")
    install("some_adapter", "1.1", folder=tmp_path / "elsewhere")
    assert load_module("some_adapter").version is None
    install("some_adapter", "1.1", folder=tmp_path)
    assert load_module("some_adapter").version == "1.1"


@pytest.mark.parametrize("damaged", ["[", "[]", '{"dir_info": {"editable": true}}', '{"dir_info": 1}'])
def test_a_distribution_whose_origin_is_damaged_names_no_version(write, install, damaged):
    write(BARE, "some_adapter.py")
    install("some_adapter", "1.1")
    write(damaged, "some_adapter-1.1.dist-info/direct_url.json")
    assert load_module("some_adapter").version is None
