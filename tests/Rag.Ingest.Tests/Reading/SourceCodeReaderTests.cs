using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class SourceCodeReaderTests : DocumentReaderContract
{
    private static readonly string _long = string.Concat(Enumerable.Range(0, 30).Select(i => $"        total = total + step_{i} * 2;\n"));

    [Fact]
    public async Task A_member_is_a_block_with_its_comments_and_attributes_and_knows_its_type()
    {
        var file = $$"""
            using System;
            using System.Text;

            namespace Shapes
            {
                /// <summary>A circle.</summary>
                public sealed class Circle<T>(double radius) : IShape
                {
                    private const string Note = "}";

                    /// <summary>
                    /// Its area.
                    /// </summary>
                    [Pure]
                    public double Area(int steps)
                    {
            {{_long.Replace("        ", "            ", StringComparison.Ordinal)}}
                    }

                    // Short.
                    [Obsolete("no")]
                    public double Width()
                    {
                        return 2 * radius;
                    }
                }
            }
            """;

        var document = await OutlineTexts.ReadAsync(file, "src/Circle.cs");

        OutlineTexts.CheckVerbatim(document, file);
        Assert.Equal("using System;\nusing System.Text;", document.Blocks[0].Span.Of(document.Text));
        Assert.Equal("namespace Shapes > class Circle<T> > Area", OutlineTexts.ContextOf(document, "step_29"));
        Assert.Equal("namespace Shapes > class Circle<T> > Area", OutlineTexts.ContextOf(document, "Its area."));
        Assert.Equal("        // Short.\n        [Obsolete(\"no\")]\n        public double Width()\n        {\n            return 2 * radius;\n        }\n    }\n}", OutlineTexts.TextOf(document, "return 2"));
        Assert.Equal("namespace Shapes > class Circle<T>", OutlineTexts.ContextOf(document, "return 2"));
        Assert.Equal("namespace Shapes > class Circle<T> > Area", OutlineTexts.ChunkContextOf(document, "step_20"));
    }

    [Theory]
    [InlineData("a.java", "public class Tree extends Plant {", "    @Override\n    public int grow(int days) {", "class Tree extends Plant > grow")]
    [InlineData("a.ts", "export default class Tree {", "    async grow(days: number): Promise<void> {", "class Tree > grow")]
    [InlineData("a.go", "package trees\n\nfunc (t *Tree) Grow(days int) error {", "    if days > 0 {", "func (t *Tree) Grow")]
    [InlineData("a.rs", "impl<A: Sun, B> Plant for Tree<A, B> {", "    pub fn grow<'a>(&self, days: &'a u32) -> Result<(), ()> {", "impl<A > fn grow")]
    [InlineData("a.cpp", "class Tree : public Plant {", "public:\n    int grow(int days) {", "class Tree > grow")]
    [InlineData("a.php", "<?php\nclass Tree extends Plant\n{", "    public function grow(int $days): void\n    {", "class Tree extends Plant > function grow")]
    [InlineData("a.kt", "class Tree : Plant() {", "    override fun grow(days: Int) {", "class Tree > fun grow")]
    [InlineData("a.swift", "struct Tree: Plant {", "    func grow(days: Int) -> Bool {", "struct Tree > func grow")]
    [InlineData("a.js", "const grow = async (days) => {", "    later(() => {", "grow")]
    public async Task Languages_with_braces_are_divided_at_their_members(string name, string outer, string inner, string context)
    {
        var file = $"{outer}\n{inner}\n{_long}    }}\n\n    second(\n{_long}    )\n}}\n\nlast()\n";

        var document = await OutlineTexts.ReadAsync(file, name);

        OutlineTexts.CheckVerbatim(document, file);
        Assert.Equal(context, OutlineTexts.ContextOf(document, "step_29"));
        Assert.Equal("last()", document.Blocks[^1].Span.Of(document.Text));
        Assert.Null(document.Blocks[^1].Context);
    }

    [Fact]
    public async Task Python_is_divided_by_indentation_but_not_inside_strings()
    {
        var file = $"import os\n\n@dataclass\nclass Tree(Plant):\n    \"\"\"A tree.\n\nNot indented\ndef nothing(): pass\n    \"\"\"\n\n    @staticmethod\n    def grow(days,\n             more):\n{_long}\n    def cut(self):\n        return '''\nx = 1\n'''\n\ndef main():\n    pass\n";

        var document = await OutlineTexts.ReadAsync(file, "a.py");

        OutlineTexts.CheckVerbatim(document, file);
        Assert.Equal("class Tree > def grow", OutlineTexts.ContextOf(document, "step_29"));
        Assert.Contains("class Tree", OutlineTexts.TextOf(document, "def nothing"), StringComparison.Ordinal);
        Assert.Equal("    def cut(self):\n        return '''\nx = 1\n'''", OutlineTexts.TextOf(document, "x = 1"));
        Assert.Equal("def main():\n    pass", OutlineTexts.TextOf(document, "def main"));
    }

    [Theory]
    [InlineData("a.rb", "module Trees\n  # Grows.\n  def grow(days)\n{0}  end\n\n  TEXT = <<~SQL\nselect 1\n  SQL\nend\n", "module Trees > def grow")]
    [InlineData("a.sh", "#!/bin/sh\ngrow() {{\n{0}}}\n\ncat <<EOF\nselect 1\nfi\nEOF\n", "grow")]
    [InlineData("a.sql", "CREATE TABLE tree (\n  id int,\n  name text\n);\n\nCREATE OR REPLACE FUNCTION grow()\nAS $$\nbegin\n{0}end;\n$$;\n\nselect 1\nfrom tree\nwhere id = 1;\n", "FUNCTION grow")]
    public async Task Statements_and_here_documents_stay_whole(string name, string pattern, string context)
    {
        var file = string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, _long);

        var document = await OutlineTexts.ReadAsync(file, name);

        OutlineTexts.CheckVerbatim(document, file);
        Assert.Equal(context, OutlineTexts.ContextOf(document, "step_29"));
        Assert.Contains(name == "a.sql" ? "where id" : name == "a.sh" ? "cat" : "TEXT", OutlineTexts.TextOf(document, "select 1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Languages_that_are_not_known_are_divided_at_blank_lines()
    {
        var document = await OutlineTexts.ReadAsync("  a :-\r\n b.\r\n\r\n\r\nc.\r\n", "a.pl");

        Assert.Equal(["  a :-\n b.", "c."], document.Blocks.Select(block => block.Span.Of(document.Text)));
        Assert.Equal(5, document.Lines!.At(document.Text.Length - 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Any_text_stays_as_it_is_whatever_the_language(int seed)
    {
        var random = new Random(seed);
        string[] pieces = ["\n", "\r\n", "\r", "\n\n", "    ", "\t", "{", "}", "\"", "'", "\"\"\"", "`", "/*", "*/", "//", "#", "<<EOF", "EOF", "@\"", "class A", "def f(", "[", "]", "- k: v", "--", ";", "$$", "\\", "case x:"];
        foreach (var name in new[] { "a.cs", "a.js", "a.py", "a.sh", "a.rb", "a.sql", "a.php", "a.toml", "a.yaml", "a.cpp" })
        {
            for (var round = 0; round < 30; round++)
            {
                var file = string.Concat(Enumerable.Range(0, 400).Select(i => random.Next(3) == 0 ? $"w{i} " : pieces[random.Next(pieces.Length)]));

                var document = await OutlineTexts.ReadAsync(file, name);

                DocumentPromises.Check(document);
                OutlineTexts.CheckVerbatim(document, file);
            }
        }
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new SourceCodeReader(limits);

    protected override byte[] Sample() => Encoding.UTF8.GetBytes($"// words\nclass A\n{{\n    void F()\n    {{\n{_long}    }}\n}}\n");
}
