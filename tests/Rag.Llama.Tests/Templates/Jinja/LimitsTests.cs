using System.Text;
using Rag.Llama.Templates;
using Rag.Llama.Templates.Jinja;

namespace Rag.Llama.Tests.Templates.Jinja;

/// <summary>Templates come out of downloaded files: whatever is in them, the worst is a <see cref="ChatTemplateException"/>, and soon.</summary>
public sealed class LimitsTests
{
    private static readonly string[] Scraps =
        ["{{", "}}", "{%", "%}", "{#", "#}", "-%}", "{%-", "if", "for", "in", "set", "x", "messages", "endif", "endfor", "macro", "(", ")", "[", "]", "|", "tojson", "'", "\"", "\\", ".", ",", ":", "=", "==", "**", "//", "1", "99999999999", "1.5e9", " ", "\n", "is", "not", "loop", "range", "*", "-", "~", "none", "🎉", "{", "}"];

    public static TheoryData<string> Hostile =>
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{{ a }}{% endfor %}{% endfor %}",
        "{{ range(10000000) }}",
        "{{ range(0, 9223372036854775807, 1) }}",
        "{{ 'x' * 999999999 }}",
        "{{ [1] * 999999999 }}",
        "{{ 9223372036854775807 + 1 }}",
        "{{ -9223372036854775807 * 3 }}",
        "{{ 2 ** 999999999 }}",
        "{{ 1 // 0 }}",
        "{{ 1.0 % 0 }}",
        "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "{% set ns = namespace(s=[1]) %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s }}",
        "{% set ns = namespace(s=[1]) %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "{% set ns = namespace(a=[1], b=[1]) %}{% for i in range(99) %}{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ ns.a == ns.b }}",
        "{% set l = [] %}{% do l.append(l) %}{{ l }}",
        "{% set l = [] %}{% do l.append(l) %}{{ l | tojson }}",
        "{% set d = {} %}{% do d.update({'d': d}) %}{{ d }}",
        "{% set l = [] %}{% set m = [] %}{% do l.append(l) %}{% do m.append(m) %}{{ l == m }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m(f) %}{{ f(f) }}{% endmacro %}{{ m(m) }}",
        "{% set l = ['x' * 1000000] %}{% for i in range(99999) %}{% do l.append(l[0] + 'y') %}{% endfor %}",
        "{% set s = 'a' * 1000000 %}{% set t = s + 'b' %}{% for i in range(9999) %}{{ t in s }}{% endfor %}",
        "{% set s = 'ab' * 1000000 %}{% for i in range(9999) %}{{ s.replace('a', 'bbbb') | length }}{% endfor %}",
        "{% set l = range(99999) %}{% for i in range(99999) %}{{ l | sort | length }}{% endfor %}",
        "{% set s = 'x' * 1000000 %}{% for i in range(9999) %}{{ s | list | length }}{% endfor %}",
        "{{ '%999999999d' % 1 }}",
        "{{ '%.999999999f' % 1 }}",
        "{{ {[1]: 2} }}",
        "{{ 'x' | indent(999999999) | length }}{{ 'a\nb' | indent(999999999, true) ~ missing.x }}",
        "{{ [[1]] | tojson(indent=999999999) ~ missing.x }}",
        "{{ ('[' * 500000) | from_json }}",
        "{{ '\"\\ud800\"' | from_json }}",
        "{{ missing.attribute }}",
        "{{ missing() }}",
        "{{ 'a' < 1 }}",
        "{{ {} < {} }}",
        "{{ [1, 'a'] | sort }}",
        "{{ 1 | nosuchfilter }}",
        "{{ 1 is nosuchtest }}",
        "{{ 'a'.split('') }}",
        "{% for a, b in [1] %}{% endfor %}",
        "{{ raise_exception('no') }}",
        "{{ strftime_now('%Q') }}",
        "{{ '{' .format(1) }}",
        "{{ 'x'[::0] }}",
        "{{ [1][::-9223372036854775807] ~ [].pop() }}",
    ];

    public static TheoryData<string> Broken =>
    [
        "{{", "{{ x", "{% if %}", "{% if x %}", "{% for x %}{% endfor %}", "{% endif %}", "{% else %}", "{% break %}", "{# x", "{{ 'x }}", "{% nosuch %}", "{{ 1 + }}", "{{ ) }}", "{% raw %}", "{% set x %}", "{% macro %}", "{{ § }}",
        "{% for x in y %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}", "{{ 99999999999999999999 }}", "{% call x %}{% endcall %}",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Render_stops_at_a_limit_or_fault_and_names_the_line(string template)
    {
        var exception = Assert.Throws<ChatTemplateException>(() => LanguageTests.Run(template));

        Assert.NotNull(exception.Line);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Parse_refuses_what_is_not_in_the_language(string template) => Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(template));

    [Theory]
    [InlineData("(", "", "", 100_000)]
    [InlineData("[", "", "", 100_000)]
    [InlineData("not ", "x", "", 100_000)]
    [InlineData("-", "1", "", 100_000)]
    [InlineData("1 if x else ", "1", "", 50_000)]
    [InlineData("1 + ", "1", "", 100_000)]
    [InlineData("{'a': ", "1", "", 100_000)]
    [InlineData("", "x", "[0]", 100_000)]
    [InlineData("", "x", "|upper", 100_000)]
    [InlineData("", "x", "()", 100_000)]
    public void Nesting_of_expressions_is_bounded(string before, string middle, string after, int count)
    {
        var template = new StringBuilder("{{ ").Insert(3, before, count).Append(middle).Append(string.Concat(Enumerable.Repeat(after, count))).Append(" }}").ToString();

        Assert.Throws<ChatTemplateException>(() => LanguageTests.Run(template));
    }

    [Fact]
    public void Nesting_of_statements_is_bounded() =>
        Assert.Throws<ChatTemplateException>(() => LanguageTests.Run(string.Concat(Enumerable.Repeat("{% if true %}", 50_000)) + "x" + string.Concat(Enumerable.Repeat("{% endif %}", 50_000))));

    [Fact]
    public void Template_of_more_than_a_million_characters_is_refused() => Assert.Throws<ChatTemplateException>(() => ChatTemplate.Parse(new string('x', Limits.TemplateLength + 1)));

    [Fact]
    public void Exception_names_the_line()
    {
        var exception = Assert.Throws<ChatTemplateException>(() => LanguageTests.Run("a\n{% if true %}\n\n{{ raise_exception('no turns') }}{% endif %}"));

        Assert.Equal(4, exception.Line);
        Assert.Contains("no turns", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_scraps_give_a_text_or_a_chat_template_exception(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 3_000; i++)
        {
            Try(string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Scraps[random.Next(Scraps.Length)])));
        }
    }

    [Fact]
    public void Damaged_templates_give_a_text_or_a_chat_template_exception()
    {
        var random = new Random(4);
        foreach (var file in Directory.GetFiles(ModelFamilyTests.Folder(), "*.jinja").Order(StringComparer.Ordinal))
        {
            var good = File.ReadAllText(file);
            for (var i = 0; i < 20; i++)
            {
                Try(Damage(good, random));
            }
        }
    }

    private static string Damage(string good, Random random)
    {
        var at = random.Next(good.Length);
        var length = Math.Min(random.Next(1, 30), good.Length - at);
        return random.Next(4) switch
        {
            0 => good.Remove(at, length),
            1 => good.Insert(at, Scraps[random.Next(Scraps.Length)]),
            2 => good.Insert(random.Next(good.Length), good.Substring(at, length)),
            _ => good.Remove(at, 1).Insert(at, Scraps[random.Next(Scraps.Length)]),
        };
    }

    private static void Try(string template)
    {
        foreach (var conversation in new[] { "chat", "calls" })
        {
            try
            {
                ChatTemplate.Parse(template).Render(SampleConversations.Of(conversation));
            }
            catch (ChatTemplateException)
            {
            }
        }
    }
}
