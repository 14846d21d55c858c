using System.Text;
using System.Text.Json;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class TextEncodingsTests
{
    public static TheoryData<string, string> Texts { get; } = new()
    {
        { "windows-1252", "Le café est fermé à midi ; l’été, il reste ouvert jusqu’à six heures – c’est écrit sur la porte." },
        { "windows-1252", "Größe und Übermut führen selten zum Ziel, heißt es bei uns zu Hause." },
        { "windows-1252", "It’s “quoted” text — with nothing else beyond ASCII." },
        { "windows-1251", "Сегодня мы узнали, что в новой версии исправлены все ошибки. «Проверьте» это сами!" },
        { "windows-1251", "ВНИМАНИЕ: ПРОГРАММА НЕ НАЙДЕНА" },
        { "shift_jis", "東京は日本の首都であり、世界でも有数の大都市です。カタカナも使います。" },
        { "euc-jp", "東京は日本の首都であり、世界でも有数の大都市です。カタカナも使います。" },
        { "gb18030", "北京是中华人民共和国的首都,也是全国的政治和文化中心。" },
        { "big5", "臺北是一座美麗的城市,有許多公園和博物館,歡迎大家來玩。" },
        { "euc-kr", "서울은 대한민국의 수도이며 가장 큰 도시입니다. 한글로 쓴 문장입니다." },
        { "utf-8", "Übung macht den Meister. 東京 Москва" },
        { "utf-16", "Plain words in wide characters, Übung." },
        { "utf-16BE", "Plain words in wide characters, Übung." },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Decode_finds_the_encoding_of_a_sentence(string name, string text)
    {
        var bytes = Encode(name, text);

        Assert.Equal(text, TextEncodings.Decode(bytes, "a"));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void Decode_follows_and_drops_the_byte_order_mark(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        Assert.Equal("東京 é", TextEncodings.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes("東京 é")], "a"));
    }

    [Fact]
    public void Decode_keeps_damaged_UTF8_as_UTF8()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Übung macht den Meister, größer wird's nimmer. ", 20)));
        bytes[1] = (byte)'x';

        Assert.StartsWith("\uFFFDxbung macht den Meister, größer", TextEncodings.Decode(bytes, "a"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multilingual-jsquad", "shift_jis", "euc-jp")]
    [InlineData("multilingual-cmrc2018", "gb18030", "utf-8")]
    public void Decode_finds_the_encoding_of_nearly_every_real_paragraph(string folder, params string[] encodings)
    {
        var paragraphs = Directory.GetFiles(SharedData.Require(folder), "*.json").SelectMany(Contexts).Take(400).ToList();
        foreach (var name in encodings)
        {
            // of what the code page can write at all
            var writable = paragraphs.Where(p => Exact(name).GetString(Encode(name, p)) == p).ToList();
            var right = writable.Count(p => TextEncodings.Decode(Encode(name, p), "a") == p);

            Assert.True(writable.Count > 100 && right >= writable.Count * 0.97, $"{right} of {writable.Count} in {name}");
        }
    }

    private static IEnumerable<string> Contexts(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return json.RootElement.GetProperty("data").EnumerateArray().SelectMany(a => a.GetProperty("paragraphs").EnumerateArray())
            .Select(p => p.GetProperty("context").GetString()!).ToList();
    }

    private static byte[] Encode(string name, string text) => Exact(name).GetBytes(text);

    private static Encoding Exact(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
}
