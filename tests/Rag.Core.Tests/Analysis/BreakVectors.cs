using System.Globalization;
using System.Text;
using Rag.Testing;

namespace Rag.Core.Tests.Analysis;

/// <summary>Unicode's break test files: each line a text and the places where it breaks.</summary>
internal static class BreakVectors
{
    public static IEnumerable<(string Text, List<int> Breaks, string Line)> Read(string version, string file)
    {
        foreach (var line in File.ReadLines(SharedData.Require($"vectors-unicode/{version}/{file}")))
        {
            var vector = line.Split('#')[0].Trim();
            if (vector.Length == 0)
            {
                continue;
            }

            var text = new StringBuilder();
            var breaks = new List<int>();
            foreach (var part in vector.Split(' '))
            {
                if (part == "÷")
                {
                    breaks.Add(text.Length);
                }
                else if (part != "×")
                {
                    var code = int.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                    text.Append(code is >= 0xD800 and < 0xE000 ? ((char)code).ToString() : char.ConvertFromUtf32(code));
                }
            }

            yield return (text.ToString(), breaks, line);
        }
    }
}
