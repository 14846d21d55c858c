using System.Globalization;
using System.Text;
using Rag.Enrichment;

namespace Rag.Core.Tests.Enrichment;

public sealed class PersonalDataEnricherTests
{
    [Theory]
    [InlineData("Write to jane.doe+news@mail.example.org.", "email", "jane.doe+news@mail.example.org")]
    [InlineData("<a_b@x-y.de>", "email", "a_b@x-y.de")]
    [InlineData("call +49 (30) 1234-567 now", "phone", "+49 (30) 1234-567")]
    [InlineData("Tel.: 030/1234567", "phone", "030/1234567")]
    [InlineData("(212) 555-0187", "phone", "(212) 555-0187")]
    [InlineData("IBAN: DE89 3704 0044 0532 0130 00.", "iban", "DE89 3704 0044 0532 0130 00")] // example of the IBAN registry
    [InlineData("GB82WEST12345698765432", "iban", "GB82WEST12345698765432")]
    [InlineData("NO93 8601 1117 947 AND MORE", "iban", "NO93 8601 1117 947")]
    [InlineData("4111 1111 1111 1111", "card", "4111 1111 1111 1111")] // test numbers of the card companies
    [InlineData("3782-822463-10005", "card", "3782-822463-10005")]
    [InlineData("6011000990139424", "card", "6011000990139424")]
    [InlineData("from 192.168.10.20 today", "ip", "192.168.10.20")]
    [InlineData("at 2001:db8:85a3::8a2e:370:7334", "ip", "2001:db8:85a3::8a2e:370:7334")]
    [InlineData("SSN 123-45-6789", "us-ssn", "123-45-6789")]
    [InlineData("IdNr. 86 095 742 719", "de-tax-id", "86 095 742 719")] // example of the Bundeszentralamt für Steuern
    public async Task A_kind_is_found_with_its_place(string text, string kind, string place)
    {
        var finding = Assert.Single(await FindAsync(text));

        Assert.Equal(("pii", kind, "pii-1", 1), (finding.Name, finding.Value, finding.Source, finding.Count));
        Assert.Equal(place, Assert.Single(finding.Spans).Of(text));
    }

    [Theory]
    [InlineData("user@localhost, @mention, a@b.c, x @ y.org")]
    [InlineData("DE89 3704 0044 0532 0130 01")] // wrong checksum
    [InlineData("DE8937040044053201300")] // too short for its country
    [InlineData("4111 1111 1111 1112")] // Luhn
    [InlineData("1111 1111 1111 1117")] // no company's range
    [InlineData("4111 1111-1111 1111")] // mixed separators
    [InlineData("000-12-3456, 666-12-3456, 912-12-3456, 123-00-4567, 123-45-0000")]
    [InlineData("86095742710 and 12345678901")]
    [InlineData("version 10.200.30.40, section 15.3.10.12, 127.0.0.1, 0.0.0.0, 300.20.10.11")]
    [InlineData("id 4243557355858281972")]
    [InlineData("12:34:56, std::vector, aa::bb")]
    [InlineData("ISBN 978-3-16-148410-0, 3.14159265358979, 1,234,567,890, 10.1103/PhysRevLett.116.061102")]
    [InlineData("2021-03-04 12:00:00, 1914-1918, 12.345.678, 030/1234567")]
    [InlineData("(112) 555-0187, 212-155-0187, 911-911-0000")]
    public async Task What_only_looks_like_it_is_passed_over(string text) => Assert.Empty(await FindAsync(text));

    [Fact]
    public async Task Made_numbers_are_found_wherever_they_stand_and_their_neighbours_are_not()
    {
        var random = new Random(5);
        for (var i = 0; i < 200; i++)
        {
            var card = WithLuhn("4" + Digits(random, 14));
            var iban = Iban("DE", Digits(random, 18));
            var ssn = $"{random.Next(1, 666):000}-{random.Next(1, 100):00}-{random.Next(1, 10000):0000}";
            var text = $"Of {Digits(random, 3)} things: {iban}, then {card}; {ssn} (p. {Digits(random, 2)}).";

            var found = await FindAsync(text);

            Assert.Equal(["card", "iban", "us-ssn"], found.Select(f => f.Value));
            Assert.Equal([card, iban, ssn], found.Select(f => f.Spans[0].Of(text)));
            var wrong = card[..^1] + (char)('0' + ((card[^1] - '0' + random.Next(1, 10)) % 10));
            Assert.DoesNotContain("card", (await FindAsync($"see {wrong}.")).Select(f => f.Value));
        }
    }

    [Fact]
    public async Task Many_are_counted_the_first_are_pointed_to_and_none_is_repeated()
    {
        var text = string.Join("\n", Enumerable.Range(0, 100).Select(i => $"person{i}@example.org"));

        var finding = Assert.Single(await FindAsync(text));

        Assert.Equal((100, 32), (finding.Count, finding.Spans.Count));
        Assert.Equal(finding.Spans.Order(), finding.Spans);
        Assert.DoesNotContain("example", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_text_takes_linear_time_and_every_span_lies_in_it()
    {
        string[] parts = ["+", "1", "23 ", "(", ") ", "-", "@", ".", "a", "DE", "::", "f:", "\ud83d", "é"];
        var random = new Random(2);
        foreach (var text in parts.Select(p => string.Concat(Enumerable.Repeat(p, 10_000))).Append(string.Concat(Enumerable.Range(0, 20_000).Select(_ => parts[random.Next(parts.Length)]))))
        {
            Assert.All(await FindAsync(text), f => Assert.All(f.Spans, s => Assert.True(s.Length > 0 && s.End <= text.Length)));
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new PersonalDataEnricher().FindAsync(new("a", "a", "x", []), new(canceled: true)));
    }

    private static Task<IReadOnlyList<DocumentFinding>> FindAsync(string text) => new PersonalDataEnricher().FindAsync(new("a", "a", text, []));

    private static string Digits(Random random, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => random.Next(10)));

    // the check digits as the standards make them, not as the code under test reads them
    private static string WithLuhn(string digits)
    {
        var sum = digits.Reverse().Select((c, i) => (c - '0') * (i % 2 == 0 ? 2 : 1)).Sum(x => x > 9 ? x - 9 : x);
        return digits + ((10 - (sum % 10)) % 10).ToString(CultureInfo.InvariantCulture);
    }

    private static string Iban(string country, string account)
    {
        var number = new StringBuilder();
        foreach (var c in account + country + "00")
        {
            number.Append(char.IsAsciiDigit(c) ? c.ToString() : (c - 'A' + 10).ToString(CultureInfo.InvariantCulture));
        }

        return $"{country}{98 - (int)(System.Numerics.BigInteger.Parse(number.ToString(), CultureInfo.InvariantCulture) % 97):00}{account}";
    }
}
