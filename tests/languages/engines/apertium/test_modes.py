from intercommunity.languages.engines.apertium.modes import installed_modes, pipeline_command


def test_installed_modes_are_named_in_bcp_47(tmp_path):
    names = ["eng-spa", "spa-eng_US", "por_BR-eng", "eo-en", "oci_aran-cat", "srd-ita", "spa-morph", "eng-spa-tagger"]
    (tmp_path / "modes").mkdir()
    for name in names:
        (tmp_path / "modes" / f"{name}.mode").touch()
    assert {pair: file.stem for pair, file in installed_modes(tmp_path).items()} == {
        ("en", "es"): "eng-spa",
        ("es", "en-US"): "spa-eng_US",
        ("pt-BR", "en"): "por_BR-eng",
        ("eo", "en"): "eo-en",
        ("oc-x-aran", "ca"): "oci_aran-cat",
        ("sc", "it"): "srd-ita",
    }


def test_installed_modes_are_empty_without_apertium(tmp_path):
    assert installed_modes(tmp_path / "nowhere") == {}


def test_pipeline_command_flushes_every_program_on_nul():
    mode = "lt-proc '/data/my pair.bin' | apertium-tagger -g $2 '/data/a.prob' | lt-proc $1 '/data/b.bin'\n"
    assert pipeline_command(mode) == (
        "lt-proc -z '/data/my pair.bin' | apertium-tagger -z -g /data/a.prob | lt-proc -z -n /data/b.bin"
    )


def test_pipeline_command_leaves_a_shells_characters_without_effect():
    assert pipeline_command("lt-proc '/data/$(reboot);`x`.bin'") == "lt-proc -z '/data/$(reboot);`x`.bin'"
