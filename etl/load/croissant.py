"""Croissant 1.1: the Data Package said once more, for machine-learning tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}

_TYPES = {
    "string": "sc:Text",
    "integer": "cr:Int64",
    "number": "cr:Float64",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
}


def describe_croissant(package: dict[str, Any]) -> dict[str, Any]:
    """The Data Package descriptor `package` in Croissant's words."""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": package["name"],
        "description": package["description"],
        "version": package["version"],
        **({"datePublished": package["created"][:10]} if "created" in package else {}),
        "citeAs": f"{package['title']}, {package['name']} {package['version']}",
        "license": "The articles remain their publishers'; no right to them is passed on.",
        "inLanguage": "zh",
        "keywords": package["keywords"],
        "distribution": [_describe_files(resource) for resource in package["resources"]],
        "recordSet": list(_describe_all_records(package["resources"])),
    }


def _describe_files(resource: dict[str, Any]) -> dict[str, Any]:
    if _is_in_parts(resource):
        return {
            "@type": "cr:FileSet",
            "@id": f"{resource['name']}.parquet",
            "name": f"{resource['name']}.parquet",
            "includes": f"{resource['path'][0].rpartition('/')[0]}/*.parquet",
            "encodingFormat": "application/x-parquet",
        }
    return {
        "@type": "cr:FileObject",
        "@id": f"{resource['name']}.parquet",
        "name": f"{resource['name']}.parquet",
        "contentUrl": resource["path"],
        "contentSize": f"{resource['bytes']} B",
        "encodingFormat": "application/x-parquet",
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _is_in_parts(resource: dict[str, Any]) -> bool:
    return isinstance(resource["path"], list)


def _describe_all_records(resources: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Only references between whole files, to tables that refer to none: the Data Package has all.

    mlcroissant joins along references. It reads nothing where they form a chain or a circle, and
    rows more than once where a table is in parts.
    """
    leaves: set[str] = set()
    for resource in resources:
        targets = {} if _is_in_parts(resource) else _find_targets(resource, leaves)
        if not targets and not _is_in_parts(resource):
            leaves.add(resource["name"])
        yield _describe_records(resource, targets)


def _describe_records(resource: dict[str, Any], targets: dict[str, str]) -> dict[str, Any]:
    name = resource["name"]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": resource["description"],
        "key": [{"@id": f"{name}/{column}"} for column in resource["schema"]["primaryKey"]],
        "field": [
            _describe_field(resource, field, targets.get(field["name"]))
            for field in resource["schema"]["fields"]
        ],
    }


def _find_targets(resource: dict[str, Any], leaves: set[str]) -> dict[str, str]:
    """Column → the field it refers to; Croissant refers column by column."""
    targets: dict[str, str] = {}
    for key in resource["schema"].get("foreignKeys", []):
        table = key["reference"].get("resource")
        if table in leaves:
            for column, foreign in zip(key["fields"], key["reference"]["fields"], strict=True):
                targets.setdefault(column, f"{table}/{foreign}")
    return targets


def _describe_field(
    resource: dict[str, Any], field: dict[str, Any], target: str | None
) -> dict[str, Any]:
    files = "fileSet" if _is_in_parts(resource) else "fileObject"
    return {
        "@type": "cr:Field",
        "@id": f"{resource['name']}/{field['name']}",
        "name": field["name"],
        "description": field["description"],
        "dataType": _TYPES[field["type"]],
        "source": {
            files: {"@id": f"{resource['name']}.parquet"},
            "extract": {"column": field["name"]},
        },
        **({"references": {"field": {"@id": target}}} if target else {}),
    }
