import json
from hashlib import sha256

import pytest

from etl.load.catalog import list_homes
from etl.load.release import publish


@pytest.fixture
def package(published):
    return json.loads((published / "datapackage.json").read_text("utf-8"))


@pytest.fixture
def croissant(published):
    return json.loads((published / "croissant.json").read_text("utf-8"))


def find_field(package, table, column):
    resource = next(r for r in package["resources"] if r["name"] == table)
    return next(field for field in resource["schema"]["fields"] if field["name"] == column)


def test_every_table_is_a_resource_with_its_size_and_digest(published, package):
    assert [resource["path"] for resource in package["resources"]] == [
        path for _, path, _ in list_homes()
    ]
    for resource in package["resources"]:
        data = (published / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{sha256(data).hexdigest()}"


def test_fields_carry_types_constraints_and_categories(package):
    measure = find_field(package, "metrics", "measure")
    assert measure["constraints"]["enum"] == ["level", "change", "share", "multiple"]
    assert measure["categories"][0] == {"value": "level", "label": "水平 how much there is"}
    assert measure["constraints"]["required"] is True
    key = find_field(package, "articles", "article_id")
    assert key["constraints"]["pattern"] == "^[0-9a-f]{16}$"
    assert find_field(package, "metrics", "start_char")["constraints"]["minimum"] == 0
    assert find_field(package, "articles", "published_at")["type"] == "datetime"
    assert find_field(package, "metrics", "value")["type"] == "number"
    assert "constraints" not in find_field(package, "metrics", "value")


def test_keys_name_resources_and_fields_that_exist(package):
    fields = {
        resource["name"]: {field["name"] for field in resource["schema"]["fields"]}
        for resource in package["resources"]
    }
    for resource in package["resources"]:
        name, schema = resource["name"], resource["schema"]
        assert set(schema["primaryKey"]) <= fields[name]
        for key in schema.get("foreignKeys", []):
            assert set(key["fields"]) <= fields[name]
            parent = key["reference"].get("resource", name)
            assert set(key["reference"]["fields"]) <= fields[parent]


def test_croissant_names_files_fields_and_references_that_exist(published, croissant):
    files = {file["@id"]: file for file in croissant["distribution"]}
    fields = {field["@id"] for records in croissant["recordSet"] for field in records["field"]}
    for file in files.values():
        assert file["encodingFormat"] == "application/x-parquet"
        data = (published / file["contentUrl"]).read_bytes()
        assert file["sha256"] == sha256(data).hexdigest()
    for records in croissant["recordSet"]:
        assert {key["@id"] for key in records["key"]} <= fields
        for field in records["field"]:
            assert field["source"]["fileObject"]["@id"] in files
            if "references" in field:
                assert field["references"]["field"]["@id"] in fields


def test_croissant_refers_only_to_tables_that_refer_to_none(croissant):
    targets = {
        records["@id"]: {
            field["references"]["field"]["@id"].split("/")[0]
            for field in records["field"]
            if "references" in field
        }
        for records in croissant["recordSet"]
    }

    assert targets["metrics"] == {"paragraphs", "units"}
    assert not any(targets[parent] for parents in targets.values() for parent in parents)


def test_the_data_is_dated_by_its_newest_article(package, croissant):
    assert package["created"] == "2021-11-11T00:00:00Z"
    assert croissant["datePublished"] == "2021-11-11"


def test_a_build_may_state_its_own_date(parts, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")

    publish(parts, tmp_path / "release")

    package = json.loads((tmp_path / "release" / "datapackage.json").read_text("utf-8"))
    assert package["created"] == "2023-11-14T22:13:20Z"


def test_the_data_card_counts_rows_and_points_to_the_dictionary(published):
    card = (published / "README.md").read_text("utf-8")

    assert "| [metrics](dictionary/metrics.md) | 指标 | 4 |" in card
    assert "published 2, duplicate 1, rejected 1" in card
    assert "2019-02-22 to 2021-11-11" in card
    assert "> Chinese news articles as data 中文新闻数据 (jingjinji), version 0." in card
    assert "Articles up to 2021-11-11." in card
    assert "Licence" in card
    for target in ("index.html", "dictionary/README.md", "quality/index.html"):
        assert f"({target})" in card
        assert (published / target).exists()
