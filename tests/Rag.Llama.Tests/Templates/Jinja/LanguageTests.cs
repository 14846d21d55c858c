using Rag.Llama.Templates;
using Rag.Llama.Templates.Jinja;

namespace Rag.Llama.Tests.Templates.Jinja;

/// <summary>What each construct of the language gives; the expected texts are Jinja2's (3.1, with trim_blocks and lstrip_blocks).</summary>
public sealed class LanguageTests
{
    [Theory]
    [InlineData("{{ 7 // 2 }} {{ -7 // 2 }} {{ 7 / 2 }} {{ 6 / 2 }} {{ -7 % 3 }} {{ 2 ** 10 }} {{ 2 ** -1 }}", "3 -4 3.5 3.0 2 1024 0.5")]
    [InlineData("{{ 1 + 2 * 3 }} {{ (1 + 2) * 3 }} {{ 1 ~ 2 + 3 if false else 'x' }} {{ -2 | abs }}", "7 9 x 2")]
    [InlineData("{{ 1e16 }} {{ 1.5 }} {{ 100000.0 }} {{ 0.00001 }} {{ 1e22 }}", "1e+16 1.5 100000.0 1e-05 1e+22")]
    [InlineData("{{ true }} {{ none }} {{ [1, 'a', none, 2.0, true] }} {{ {'a': 1, 'b': ['x']} }} {{ (1,) }} {{ (1, 2) }}", "True None [1, 'a', None, 2.0, True] {'a': 1, 'b': ['x']} (1,) (1, 2)")]
    [InlineData("""{{ ["it's", 'say "x"', 'a\nb'] }}""", """["it's", 'say "x"', 'a\nb']""")]
    [InlineData("{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 'a' in 'cat' }} {{ 'b' not in ['a'] }} {{ 'k' in {'k': 1} }} {{ 1 == 1.0 }} {{ '1' == 1 }}", "True False True True True True False")]
    [InlineData("{{ 'x' if false }}{{ missing }}|{{ missing is defined }} {{ missing is undefined }} {{ none is none }}", "|False True True")]
    [InlineData("{{ 'abcdef'[1:3] }} {{ 'abcdef'[::-1] }} {{ 'abcdef'[-2:] }} {{ [1,2,3,4][::-2] }} {{ [1,2][5:] }} {{ 'ab'[5] }}", "bc fedcba ef [4, 2] [] ")]
    [InlineData("{{ '🎉x' | length }} {{ '🎉x'[0] }} {{ 'a🎉b'[1:] }} {{ 'x🎉'.find('🎉') }} {{ '🎉x' | reverse }}", "2 🎉 🎉b 1 x🎉")]
    [InlineData("{{ not true or true }} {{ not (true or true) }} {{ '' or 'x' }} {{ 'a' and 0 }} {{ [] and 1 }}", "True False x 0 []")]
    [InlineData("{{ 'a' 'b' }}{{ \"q\\\"\" }}{{ '\\t\\x41\\u00e9' }}", "abq\"\tAé")]
    [InlineData("{{ {'a': {'b': [10, 20]}}.a.b[-1] }} {{ {'items': 1}['items'] }} {{ [1, [2, 3]].1[0] }}", "20 1 2")]
    public void Expression_has_pythons_value(string template, string expected) => Assert.Equal(expected, Run(template));

    [Theory]
    [InlineData("a\n  {% if true %}\n  b\n  {% endif %}\n  c\n", "a\n  b\n  c")]
    [InlineData("a  {%- if true -%}  b  {%- endif -%}  c", "abc")]
    [InlineData("a  {{- 'b' -}}  c\n{{ 'd' }}\n", "abc\nd")]
    [InlineData("x {%+ if true %} y {% endif +%}\nz", "x  y \nz")]
    [InlineData("a\n  {# note #}\nb{#- x -#} c", "a\nbc")]
    [InlineData("{% raw %}{{ x }}{% endraw %}|{{ '{% x %}' }}", "{{ x }}|{% x %}")]
    [InlineData("a\r\n{% if true %}\r\nb{% endif %}", "a\nb")]
    public void White_space_is_trimmed_as_chat_templates_expect(string template, string expected) => Assert.Equal(expected, Run(template));

    [Theory]
    [InlineData("{% for x in [1,2,3] %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.previtem }}{{ loop.nextitem }};{% endfor %}", "103TrueFalse32;212FalseFalse313;321FalseTrue32;")]
    [InlineData("{% for a, b in {'x': 1, 'y': 2}.items() if b > 1 %}{{ a }}{{ loop.index }}{% else %}none{% endfor %}", "y1")]
    [InlineData("{% for x in [] %}x{% else %}empty{% endfor %}", "empty")]
    [InlineData("{% for x in range(10) %}{% if x == 2 %}{% continue %}{% elif x > 4 %}{% break %}{% endif %}{{ x }}{% endfor %}", "0134")]
    [InlineData("{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{% endfor %}{% if true %}{% set y = 3 %}{% endif %}{{ x }}{{ y }}", "13")]
    [InlineData("{% set ns = namespace(n=0) %}{% for i in range(1, 8, 3) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}", "12")]
    [InlineData("{% set a, b = 1, 2 %}{% set c %}[{{ a }}]{% endset %}{% set d | upper %}x{{ b }}{% endset %}{{ c ~ d }}", "[1]X2")]
    [InlineData("{% macro m(a, b='B', c=none) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1) }} {{ m(1, c=3, b=2) }} {{ m() }}", "1BNone 123 BNone")]
    [InlineData("{% macro w(t) %}<{{ t }}>{{ caller(1) }}</{{ t }}>{% endmacro %}{% call(n) w('b') %}x{{ n }}{% endcall %}", "<b>x1</b>")]
    [InlineData("{% filter upper | replace('A', 'b') %}aba{% endfilter %}{% generation %}g{% endgeneration %}", "bBbg")]
    [InlineData("{% for i in [1,2] %}{% for j in 'ab' %}{{ i }}{{ j }}{% break %}{% endfor %}{{ loop.index }}{% endfor %}", "1a12a2")]
    [InlineData("{% macro f(n) %}{{ n }}{% if n > 0 %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}{% do [].append(1) %}", "3210")]
    public void Statement_writes_what_jinja_writes(string template, string expected) => Assert.Equal(expected, Run(template));

    [Theory]
    [InlineData("{{ ' a b '.strip() }}|{{ 'xxaxx'.strip('x') }}|{{ 'xxa'.lstrip('x') }}|{{ 'a\\n'.rstrip('\\n') }}", "a b|a|a|a")]
    [InlineData("{{ 'a,b,c'.split(',') }} {{ 'a,b,c'.split(',', 1) }} {{ ' a  b '.split() }} {{ 'a,b,c'.rsplit(',', 1) }} {{ 'k=v'.partition('=') }}", "['a', 'b', 'c'] ['a', 'b,c'] ['a', 'b'] ['a,b', 'c'] ('k', '=', 'v')")]
    [InlineData("{{ 'abc'.startswith('ab') }} {{ 'abc'.endswith(('x', 'c')) }} {{ 'aXbX'.replace('X', '-', 1) }} {{ 'abab'.count('ab') }} {{ 'abab'.rfind('ab') }}", "True True a-bX 2 2")]
    [InlineData("{{ 'hello wORLD'.title() }} {{ 'hELLO'.capitalize() }} {{ 'pre-x'.removeprefix('pre-') }} {{ 'x.y'.removesuffix('.y') }} {{ '-'.join(['a', 'b']) }}", "Hello World Hello x x a-b")]
    [InlineData("{{ '<{}|{1}|{k}>'.format('a', 'b', k=3) }} {{ '%s=%03d %.2f%%' % ('x', 7, 1.5) }} {{ '{:.1f}'.format(2.25) }}", "<a|b|3> x=007 1.50% 2.2")]
    [InlineData("{{ {'a': 1}.get('b') }} {{ {'a': 1}.get('b', 2) }} {{ {'a': 1}.keys() | list }} {{ {'a': 1}.values() | list }}", "None 2 ['a'] [1]")]
    [InlineData("{% set l = [3] %}{% set _ = l.append(4) %}{{ l.pop(0) }}{{ l }}{{ [1,2,2].count(2) }}{{ [1,2].index(2) }}", "3[4]21")]
    public void Method_does_what_pythons_does(string template, string expected) => Assert.Equal(expected, Run(template));

    [Theory]
    [InlineData("{{ {'b': [1, 2.0, true, none], 'a': 'é\"\\n<'} | tojson }}", "{\"b\": [1, 2.0, true, null], \"a\": \"é\\\"\\n<\"}")]
    [InlineData("{{ {'a': [1, {}], 'b': []} | tojson(indent=2) }}", "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}")]
    [InlineData("{{ {'b': 1, 'a': 'é'} | tojson(separators=(',', ':'), sort_keys=true, ensure_ascii=true) }}", "{\"a\":\"\\u00e9\",\"b\":1}")]
    [InlineData("{{ [1, 2] | join(', ') }} {{ ' x ' | trim }} {{ x | default('d') }} {{ '' | default('d', true) }} {{ 'abc' | first }}{{ [1, 2] | last }}", "1, 2 x d d a2")]
    [InlineData("{{ {'b': 2, 'A': 1} | dictsort }} {{ ['b', 'A'] | sort }} {{ [3, 1] | sort(reverse=true) }} {{ [1, 2, 1] | unique | list }}", "[('A', 1), ('b', 2)] ['A', 'b'] [3, 1] [1, 2]")]
    [InlineData("{{ [{'r': 'u', 'n': 1}, {'r': 'a'}] | selectattr('r', 'equalto', 'u') | map(attribute='n') | list }}{{ [1, none] | select | list }}{{ ['a'] | map('upper') | list }}", "[1][1]['A']")]
    [InlineData("{{ [{'a': 1}, {'b': 2}] | rejectattr('a', 'defined') | list }}{{ [1, 2, 3] | reject('odd') | list }}{{ [{'n': 2}, {'n': 1}] | map(attribute='n') | min }}{{ [1, 2] | sum }}", "[{'b': 2}][2]13")]
    [InlineData("{{ '3' | int + 1 }} {{ 'x' | int }} {{ '2.5' | float }} {{ 2.567 | round(1) }} {{ 5 | string ~ 1 }} {{ 'ab' | list }} {{ 'a\\nb' | indent(2) }}", "4 0 2.5 2.6 51 ['a', 'b'] a\n  b")]
    [InlineData("{{ '<a>' | escape }} {{ '<a>' | safe }} {{ {'a': 1} | items | list }} {{ [1, 2] | reverse | list }} {{ 'abc' | upper | lower | title }} {{ '[1]' | from_json }}", "&lt;a&gt; <a> [('a', 1)] [2, 1] Abc [1]")]
    public void Filter_gives_what_jinjas_gives(string template, string expected) => Assert.Equal(expected, Run(template));

    [Theory]
    [InlineData("{{ 'a' is string }} {{ {} is mapping }} {{ [] is sequence }} {{ 'a' is iterable }} {{ 1 is number }} {{ true is number }} {{ true is boolean }} {{ 1 is integer }} {{ 1.0 is float }}", "True True True True True True True True True")]
    [InlineData("{{ true is true }} {{ 1 is true }} {{ false is false }} {{ 3 is odd }} {{ 3 is even }} {{ 4 is divisibleby 2 }} {{ range is callable }} {{ 2 is in [1, 2] }} {{ 2 is not none }}", "True False True True False True True True True")]
    [InlineData("{{ 1 is eq 1 }} {{ 1 is ne(1) }} {{ not x is defined and true }} {{ 'a' ~ 'b' is string }}", "True False True aTrue")]
    public void Test_answers_as_jinjas_does(string template, string expected) => Assert.Equal(expected, Run(template));

    [Fact]
    public void Strftime_now_reads_the_clock() =>
        Assert.Equal("06 Jul 2024 July 13:05:09 Saturday Sat 24 07 01 PM 188  6 6 7", Run("{{ strftime_now('%d %b %Y %B %H:%M:%S %A %a %y %m %I %p %j %e %-d %-m') }}"));

    [Fact]
    public void Thousands_of_messages_render()
    {
        var messages = Enumerable.Range(0, 5_000).Select(i => new ChatTemplateMessage(i % 2 == 0 ? "user" : "assistant", $"message {i}")).ToList();

        Assert.Contains("message 4999", ModelFamilyTests.Template("qwen3").Render(SampleConversations.Input(messages)), StringComparison.Ordinal);
    }

    internal static string Run(string template) => Renderer.Render(Parser.Parse(template), new Dictionary<string, Value>(), new SampleConversations.StoppedClock());
}
