namespace Rag.Ingest.Tests.Reading;

/// <summary>Pages written for the tests.</summary>
internal static class HtmlPages
{
    /// <summary>A news article with all that surrounds one.</summary>
    public const string Article = """
        <!DOCTYPE html>
        <html lang="en-GB">
        <head>
          <meta charset="utf-8"><title>Ferry returns to the lake | The Harbour Post</title>
          <meta property="og:site_name" content="The Harbour Post"><meta property="og:title" content="Ferry returns to the lake">
          <script>document.write("<p>never seen</p>")</script><style>p { color: red }</style>
        </head>
        <body class="single has-sidebar">
          <div id="cookie-consent">We use cookies to improve your experience. By continuing you accept our use of cookies. <button>Accept</button></div>
          <header class="masthead"><a href="/">The Harbour Post</a><nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
          <div class="wrapper">
            <main>
              <article class="post tag-share category-news">
                <div class="breadcrumbs"><a href="/">Home</a> &gt; <a href="/news">News</a></div>
                <h1>Ferry returns to the lake</h1>
                <div class="byline">By Ann Example, 3 May</div>
                <div class="share-bar"><a href="#">Share on one network</a> <a href="#">Share on another</a></div>
                <p>The old ferry <em>Margarete</em> is back on the lake after eleven years in the yard. Her first&nbsp;trip, on Sunday, was sold out within an hour.</p>
                <p>&ldquo;We replaced every plank,&rdquo; said the ship&shy;wright, who asked for <a href="/people/anna">her name</a> to be left out.</p>
                <div class="advertisement">Buy a boat today! Our boats are the best boats that money can buy, and they float.</div>
                <h2>Timetable</h2>
                <table>
                  <tr><th>Pier</th><th>Departure</th><th>Fare | one way</th></tr>
                  <tr><td rowspan="2">North</td><td>9:00</td><td>4</td></tr>
                  <tr><td>15:00</td><td>4</td></tr>
                  <tr><td>South</td><td colspan="2">on request</td></tr>
                </table>
                <h3>What to bring</h3>
                <ol start="3"><li>A ticket.</li><li>Warm clothes:<ul><li>a coat<li>a hat</ul></li></ol>
                <blockquote><p>The lake is never the same twice, and neither is the ferry.</p></blockquote>
                <pre><code>ferry --pier north
            --time 9:00</code></pre>
                <dl><dt>Pier</dt><dd>Where the ferry lands.</dd></dl>
                <figure><img src="ferry.jpg" alt="not text"><figcaption>The Margarete at the north pier.</figcaption></figure>
                <p hidden>Hidden paragraph that nobody sees, long enough to count as a sentence.</p>
                <p style="color:red; display: none">Another hidden paragraph that nobody sees, long enough to count.</p>
                <h2>Related stories</h2>
                <ul><li><a href="/1">Harbour wall to be repaired</a></li><li><a href="/2">Ten lakes to see this summer</a></li></ul>
              </article>
              <section id="comments"><h2>Comments</h2><p>First! I have waited for this ferry for years, and I shall be there on Sunday.</p></section>
            </main>
            <aside><h2>Most read</h2><p>A very long teaser of another story, which is here to lure readers away from this one.</p></aside>
          </div>
          <footer><p>© The Harbour Post. All rights reserved. No part may be reproduced without permission of the publisher.</p></footer>
        </body>
        </html>
        """;
}
