using Rag.Pdf.Fonts.CMaps;

namespace Rag.Pdf.Tests.Fonts.CMaps;

public sealed class PredefinedCMapsTests
{
    // CIDs read off Adobe's cmap-resources
    [Theory]
    [InlineData("90ms-RKSJ-H", "82A0", "あ", 843)]
    [InlineData("90ms-RKSJ-H", "41", "A", 264)]
    [InlineData("90ms-RKSJ-H", "B1", "ｱ", 343)]
    [InlineData("90msp-RKSJ-V", "41", "A", 34)]
    [InlineData("90pv-RKSJ-H", "82A0", "あ", 843)]
    [InlineData("EUC-H", "A4A2", "あ", 843)]
    [InlineData("H", "2422", "あ", 843)]
    [InlineData("UniJIS-UCS2-H", "3042", "あ", 843)]
    [InlineData("UniJIS-UCS2-HW-H", "0041", "A", 264)]
    [InlineData("UniJIS-UTF16-H", "3042", "あ", 843)]
    [InlineData("UniJIS-UTF8-H", "E38182", "あ", 843)]
    [InlineData("UniJIS-UTF32-H", "00003042", "あ", 843)]
    [InlineData("GB-EUC-H", "B0A1", "啊", 940)]
    [InlineData("GBK-EUC-H", "B0A1", "啊", 940)]
    [InlineData("GBK2K-V", "B0A1", "啊", 940)]
    [InlineData("UniGB-UCS2-H", "554A", "啊", 940)]
    [InlineData("ETen-B5-H", "A440", "一", 595)]
    [InlineData("B5pc-H", "A440", "一", 595)]
    [InlineData("UniCNS-UTF16-H", "4E00", "一", 595)]
    [InlineData("HKscs-B5-H", "8740", "䏰", 18965)]
    [InlineData("ETenms-B5-H", "41", "A", 34)]
    [InlineData("CNS-EUC-H", "8EA1C4A1", "一", 595)]
    [InlineData("KSCms-UHC-HW-H", "41", "A", 8127)]
    [InlineData("GBK-EUC-H", "20", " ", 7716)]
    [InlineData("KSC-EUC-H", "B0A1", "가", 1086)]
    [InlineData("KSCms-UHC-H", "B0A1", "가", 1086)]
    [InlineData("UniKS-UCS2-H", "AC00", "가", 1086)]
    public void Find_decodes_published_character_sets(string name, string code, string text, int cid)
    {
        var bytes = Convert.FromHexString(code);
        var map = PredefinedCMaps.Find(name)!;

        var length = map.Space.Next(bytes, out var value);

        Assert.Equal(bytes.Length, length);
        Assert.Equal(text, map.PublishedSet?.TextOf(value, length) ?? map.PublishedCollection!.TextOf(map.CidOf(value, length)));
        Assert.Equal(cid, map.CidOf(value, length));
        Assert.Equal(name.EndsWith('V'), map.IsVertical);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NoSuch-H")]
    [InlineData("UniXX-UCS2-H")]
    [InlineData("Uni-H")]
    public void Find_of_an_unknown_name_is_absent(string name) => Assert.Null(PredefinedCMaps.Find(name));

    [Fact]
    public void Find_gives_identity() => Assert.Equal((0x1234, true), (PredefinedCMaps.Find("Identity-V")!.CidOf(0x1234, 2), PredefinedCMaps.Find("Identity-V")!.IsVertical));
}
