from etl.transform.structure.titles import mend, split_column, split_labels


def test_site_names_go_one_after_the_other():
    assert split_labels("斥资10亿美元设新园区_个股频道_市场_中金在线") == (
        "斥资10亿美元设新园区",
        None,
    )


def test_a_title_that_is_only_a_site_stays():
    assert split_labels("_凤凰网")[0] == "_凤凰网"


def test_brackets_that_belong_to_a_headline_are_no_column():
    assert split_column("国庆假期首日（组图）") == ("国庆假期首日（组图）", None)


def test_only_marks_that_were_lost_are_read_back():
    assert mend("瓣瓣同心向阳开", ["“瓣瓣同心”向阳开"]) == "瓣瓣同心向阳开"
    assert mend("_同心_向阳", ["说：“同心”向阳。"]) == "“同心”向阳"
