using System.Text;

namespace Rag.Ingest.Tests.Reading;

/// <summary>OpenDocument files written for the tests, from the XML of their parts.</summary>
internal static class OdfFiles
{
    private const string Urn = "urn:oasis:names:tc:opendocument:xmlns:";
    private const string Namespaces = $"xmlns:office='{Urn}office:1.0' xmlns:table='{Urn}table:1.0' xmlns:text='{Urn}text:1.0' xmlns:style='{Urn}style:1.0' xmlns:draw='{Urn}drawing:1.0' xmlns:presentation='{Urn}presentation:1.0' xmlns:svg='{Urn}svg-compatible:1.0' xmlns:dc='http://purl.org/dc/elements/1.1/'";

    public static byte[] Text() => Of("text", TextBody);

    public static byte[] Sheets() => Of("spreadsheet", SheetsBody);

    public static byte[] Slides() => Of("presentation", SlidesBody);

    /// <summary>A file of that kind with that body.</summary>
    public static byte[] Of(string kind, string body) => DocxFiles.Zip(
        ("mimetype", Encoding.UTF8.GetBytes($"application/vnd.oasis.opendocument.{kind}")),
        ("content.xml", Encoding.UTF8.GetBytes($"<office:document-content {Namespaces}><office:automatic-styles>{Automatic}</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>")),
        ("styles.xml", Encoding.UTF8.GetBytes($"<office:document-styles {Namespaces}><office:styles><style:style style:name='Our_20_Title' style:parent-style-name='Title'/></office:styles></office:document-styles>")),
        ("meta.xml", Encoding.UTF8.GetBytes($"<office:document-meta {Namespaces}><office:meta><dc:title>Of the properties</dc:title></office:meta></office:document-meta>")),
        ("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>"u8.ToArray()));

    private const string Automatic = """
        <style:style style:name="P1" style:parent-style-name="Our_20_Title"/><style:style style:name="P2" style:parent-style-name="Preformatted_20_Text"/>
        <style:style style:name="loop" style:parent-style-name="loop"/>
        <style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
        <style:style style:name="dp2"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>
        <text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style>
        """;

    private const string TextBody = """
        <text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion></text:changed-region></text:tracked-changes>
        <text:p text:style-name="P1">The lake and its ferry</text:p>
        <text:h text:outline-level="1">History</text:h>
        <text:p text:style-name="loop">The   ferry
          ran<text:s text:c="3"/>daily<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Written down in 1911.</text:p></text:note-body></text:note>,<text:tab/>says <text:span>the <text:a>chronicle</text:a></text:span>.<office:annotation><dc:creator>Ada</dc:creator><dc:date>2024-01-01</dc:date><text:p>Is that so?</text:p></office:annotation><text:line-break/>Next line</text:p>
        <text:list text:style-name="L1"><text:list-item><text:p>Piers</text:p><text:p>which are old</text:p><text:list><text:list-item><text:p>North</text:p></text:list-item><text:list-item><text:p>South</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>Boats</text:p></text:list-item></text:list>
        <text:list text:style-name="unknown"><text:list-item><text:p>Bullet</text:p></text:list-item></text:list>
        <text:p text:style-name="P2">ferry --pier north</text:p>
        <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Pier</text:p></table:table-cell><table:table-cell><text:p>Time</text:p></table:table-cell></table:table-row></table:table-header-rows>
        <table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>North</text:p></table:table-cell><table:table-cell><text:p>9:00</text:p><text:p>on Sundays</text:p></table:table-cell></table:table-row>
        <table:table-row><table:covered-table-cell/><table:table-cell><text:p>15:00</text:p></table:table-cell></table:table-row></table:table>
        <text:p>Beside<draw:frame><draw:text-box><text:p>In the box.</text:p></draw:text-box></draw:frame> the box.</text:p>
        <text:p><draw:frame><draw:image/><svg:desc>A map of the lake</svg:desc></draw:frame></text:p>
        <text:section><text:p>In a section.</text:p></text:section>
        """;

    private const string SheetsBody = """
        <table:table table:name="Prices"><table:table-column table:number-columns-repeated="16384"/>
        <table:table-row><table:table-cell office:value-type="string"><text:p>Ticket</text:p></table:table-cell><table:table-cell><text:p>From</text:p></table:table-cell><table:table-cell><text:p>Price</text:p></table:table-cell><table:table-cell><text:p>Open</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>Adult</text:p><office:annotation><text:p>Without a dog.</text:p></office:annotation></table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-03-01T00:00:00"><text:p>01.03.24</text:p></table:table-cell><table:table-cell office:value-type="currency" office:value="1234.5"><text:p>1.234,50 €</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1000000000"><table:table-cell table:number-columns-repeated="1000000000"/></table:table-row></table:table>
        <table:table table:name="Draft" table:style-name="ta2"><table:table-row><table:table-cell><text:p>left out</text:p></table:table-cell></table:table-row></table:table>
        <table:table table:name="Notes"><table:table-row><table:table-cell><text:p>Ask at the pier.</text:p></table:table-cell></table:table-row></table:table>
        """;

    private const string SlidesBody = """
        <draw:page draw:name="one"><draw:frame svg:x="1cm" svg:y="5cm" svg:height="1cm"><draw:text-box><text:list><text:list-item><text:p>First</text:p></text:list-item></text:list></draw:text-box></draw:frame><draw:custom-shape svg:x="1cm" svg:y="2in" svg:height="1cm"><text:p>second</text:p></draw:custom-shape><draw:frame presentation:class="title" svg:x="1cm" svg:y="9cm"><draw:text-box><text:p>The ferry</text:p></draw:text-box></draw:frame><draw:frame presentation:class="footer" svg:x="1cm" svg:y="9cm"><draw:text-box><text:p>Confidential</text:p></draw:text-box></draw:frame>
        <presentation:notes><draw:frame presentation:class="notes"><draw:text-box><text:p>Say it slowly.</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>
        <draw:page draw:name="two" draw:style-name="dp2"><draw:frame><draw:text-box><text:p>left out</text:p></draw:text-box></draw:frame></draw:page>
        <draw:page draw:name="three"><draw:frame><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table></draw:frame></draw:page>
        """;
}
