using System.Text;

namespace Rag.Pdf.Fonts.Programs;

/// <summary>The glyph names in a <c>post</c> table (OpenType specification), format 1 or 2.</summary>
internal static class PostNames
{
    // The glyphs of the Macintosh's standard order, 258 of them.
    private const string Macintosh =
        ".notdef .null nonmarkingreturn space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus comma hyphen period slash zero one two three four five six seven eight nine colon semicolon less equal greater question at A B C D E F G H I J K L M N O P Q R S T U V W X Y Z bracketleft backslash bracketright asciicircum underscore grave a b c d e f g h i j k l m n o p q r s t u v w x y z braceleft bar braceright asciitilde "
        + "Adieresis Aring Ccedilla Eacute Ntilde Odieresis Udieresis aacute agrave acircumflex adieresis atilde aring ccedilla eacute egrave ecircumflex edieresis iacute igrave icircumflex idieresis ntilde oacute ograve ocircumflex odieresis otilde uacute ugrave ucircumflex udieresis dagger degree cent sterling section bullet paragraph germandbls registered copyright trademark acute dieresis notequal AE Oslash infinity plusminus lessequal greaterequal yen mu partialdiff summation product pi integral ordfeminine ordmasculine Omega ae oslash "
        + "questiondown exclamdown logicalnot radical florin approxequal Delta guillemotleft guillemotright ellipsis nonbreakingspace Agrave Atilde Otilde OE oe endash emdash quotedblleft quotedblright quoteleft quoteright divide lozenge ydieresis Ydieresis fraction currency guilsinglleft guilsinglright fi fl daggerdbl periodcentered quotesinglbase quotedblbase perthousand Acircumflex Ecircumflex Aacute Edieresis Egrave Iacute Icircumflex Idieresis Igrave Oacute Ocircumflex apple Ograve Uacute Ucircumflex Ugrave dotlessi circumflex tilde macron "
        + "breve dotaccent ring cedilla hungarumlaut ogonek caron Lslash lslash Scaron scaron Zcaron zcaron brokenbar Eth eth Yacute yacute Thorn thorn minus multiply onesuperior twosuperior threesuperior onehalf onequarter threequarters franc Gbreve gbreve Idotaccent Scedilla scedilla Cacute cacute Ccaron ccaron dcroat";

    private const int FirstOwn = 258;

    /// <summary>The names by glyph; none where the table has none.</summary>
    public static string[] Read(FontBytes post)
    {
        var standard = Macintosh.Split(' ');
        if (post.U32(0) == 0x00010000)
        {
            return standard;
        }

        if (post.U32(0) != 0x00020000)
        {
            return [];
        }

        var own = ReadOwn(post, 34 + 2L * post.U16(32));
        var names = new string[Math.Min(post.U16(32), Math.Max(0, (post.Length - 34) / 2))];
        for (var glyph = 0; glyph < names.Length; glyph++)
        {
            var index = post.U16(34 + 2L * glyph);
            names[glyph] = index < FirstOwn ? standard[index] : index - FirstOwn < own.Count ? own[index - FirstOwn] : ".notdef";
        }

        return names;
    }

    private static List<string> ReadOwn(FontBytes post, long position)
    {
        var own = new List<string>();
        while (position < post.Length)
        {
            var length = post.U8(position);
            own.Add(Encoding.Latin1.GetString(post.Slice(position + 1, length).Span));
            position += 1 + length;
        }

        return own;
    }
}
