namespace DataMesh.Cue.Syntax;

internal sealed partial class Parser
{
    private CueFile ParseFileContent()
    {
        var opened = _open[0];
        var declarations = new List<Declaration>();
        var imports = new List<ImportSpec>();
        PackageClause? package = null;
        if (!_asReported || _errors.Count == 0)
        {
            package = ParsePreamble(declarations, imports);
            ParseDeclarations(declarations);
            while (Kind != TokenKind.EndOfFile)
            {
                ReportExpected("'EOF'");
                Next();
                if (_asReported)
                    break;
                if (Kind == TokenKind.Comma)
                    Next();
                ParseDeclarations(declarations);
            }
        }

        var file = new CueFile(_file, declarations) { Package = package, Imports = imports, Experiments = [.. _experiments] };
        return CloseNode(opened, file);
    }

    private PackageClause? ParsePreamble(List<Declaration> declarations, List<ImportSpec> imports)
    {
        PackageClause? package = null;
        string? unknown = null;
        AddFreeComments(declarations);
        while (Kind == TokenKind.Attribute)
        {
            var attribute = ParseAttributeDeclaration();
            declarations.Add(attribute);
            unknown ??= TurnOnExperiments(attribute.Attribute);
            if (!PassComma("struct literal", TokenKind.RightBrace, attribute.Start))
                break;
            AddFreeComments(declarations);
        }

        if (unknown is not null)
            ReportUnknownExperiment(unknown);
        if (IsIdentifier("package"))
        {
            package = ParsePackageClause();
            declarations.Add(package);
            ExpectComma();
            AddFreeComments(declarations);
        }

        while (IsIdentifier("import"))
        {
            var import = ParseImportDeclaration();
            declarations.Add(import);
            imports.AddRange(import.Specs);
            ExpectComma();
            AddFreeComments(declarations);
        }

        return package;
    }

    /// <summary>Turns the comments before the current token, but for the doc comment of what follows, into declarations.</summary>
    private void AddFreeComments(List<Declaration> declarations)
    {
        var kept = _leading.Count > 0 && _leading[_leading.Count - 1].IsDocumentation ? 1 : 0;
        for (var i = 0; i < _leading.Count - kept; i++)
            declarations.Add(_leading[i]);
        _leading.RemoveRange(0, _leading.Count - kept);
    }

    /// <summary>Turns on the experiments that an attribute names; the first name that is none.</summary>
    private string? TurnOnExperiments(AttributeNode attribute)
    {
        string? unknown = null;
        if (!string.Equals(attribute.Name, "experiment", StringComparison.Ordinal) || attribute.Body.Length == 0)
            return unknown;
        foreach (var part in attribute.Body.Split(','))
        {
            var name = part.Trim();
            if (Experiments.IsKnown(name))
                _experiments.Add(name);
            else
                unknown ??= name;
        }

        return unknown;
    }

    private void ReportUnknownExperiment(string name)
    {
        _errors.Add(At.Offset, $"parsing experiments for version \"{Experiments.LanguageVersion}\": unknown experiment {Literals.Quote(name)}");
        while (_asReported && Kind != TokenKind.EndOfFile)
        {
            _errors.GiveUp();
            Next();
        }
    }

    private PackageClause ParsePackageClause()
    {
        var opened = OpenNode();
        var position = At;
        Next();
        var name = new Identifier(At, Kind == TokenKind.Identifier ? _token.Text : "_");
        if (Kind == TokenKind.Identifier)
        {
            Next();
            if (name.IsDefinition)
                Report(At, $"invalid package name {name.Name}");
        }
        else
        {
            Expect(TokenKind.Identifier);
        }

        return CloseNode(opened, new PackageClause(name) { PackagePosition = position });
    }

    private ImportDeclaration ParseImportDeclaration()
    {
        var opened = OpenNode();
        var position = At;
        Next();
        var specs = new List<ImportSpec>();
        if (Kind != TokenKind.LeftParenthesis)
        {
            specs.Add(ParseImportSpec());
            return CloseNode(opened, new ImportDeclaration(specs) { ImportPosition = position });
        }

        var left = At;
        Next();
        while (Kind is not (TokenKind.RightParenthesis or TokenKind.EndOfFile))
        {
            var start = At;
            specs.Add(ParseImportSpec());
            ExpectComma();
            if (At == start)
                break;
        }

        var right = Expect(TokenKind.RightParenthesis);
        var import = new ImportDeclaration(specs)
        {
            ImportPosition = position,
            HasParentheses = true,
            LeftParenthesis = left,
            RightParenthesis = right,
        };
        return CloseNode(opened, import);
    }

    private ImportSpec ParseImportSpec()
    {
        var opened = OpenNode();
        Identifier? name = null;
        if (Kind == TokenKind.Identifier)
        {
            name = new Identifier(At, _token.Text);
            CheckReserved(name);
            Next();
            if (name.IsDefinition)
                Report(At, "cannot import package as definition identifier");
        }

        var path = new BasicLiteral(At, TokenKind.String, Kind == TokenKind.String ? _token.Text : "\"\"");
        if (Kind == TokenKind.String && !ImportPaths.IsValid(_token.Text))
            Report(At, $"invalid import path: {_token.Text}");
        Expect(TokenKind.String);
        return CloseNode(opened, new ImportSpec(name, path));
    }

    /// <summary>Takes the comma behind a clause of the preamble, unless the file or a list ends there.</summary>
    private void ExpectComma()
    {
        switch (Kind)
        {
            case TokenKind.RightParenthesis or TokenKind.RightBrace or TokenKind.EndOfFile:
                return;
            case TokenKind.Comma:
                Next();
                return;
        }

        ReportExpected("','");
        Synchronize();
        if (Kind == TokenKind.Comma)
            Next();
    }

    /// <summary>Reads declarations up to a closing brace or the end of the file.</summary>
    private void ParseDeclarations(List<Declaration> declarations)
    {
        while (true)
        {
            AddFreeComments(declarations);
            if (Kind is TokenKind.EndOfFile or TokenKind.RightBrace)
                break;
            var start = At;
            _isCommaOptional = false;
            var declaration = ParseDeclaration();
            AttachClosingComment(declaration);
            declarations.Add(declaration);
            if (Kind is TokenKind.EndOfFile or TokenKind.RightBrace)
                continue;
            if (_isCommaOptional && Kind != TokenKind.Comma && At != start)
                continue;
            if (PassComma("struct literal", TokenKind.RightBrace, start) || At != start)
                continue;
            Next();
            if (_token.IsImpliedComma)
                Next();
        }
    }

    /// <summary>What stands right below the last field of a struct is said of that, unless the struct is an element or what clauses yield.</summary>
    private static void AttachClosingComment(Declaration declaration)
    {
        while (declaration is Field { Value: StructLiteral { HasBraces: false, Declarations: [var inner] } })
            declaration = inner;
        var expression = declaration switch { Field each => each.Value, Embedding each => each.Expression, _ => null };
        for (; expression is BinaryExpression binary; expression = binary.Left)
            AttachClosingComment(binary.Right);
        if (expression is not null)
            AttachClosingComment(expression);
    }

    private static void AttachClosingComment(Expression expression)
    {
        var arguments = expression is CallExpression call ? call.Arguments : [expression];
        foreach (var argument in arguments)
        {
            if (argument is StructLiteral { Declarations: [.., Field field, CommentGroup { Start.Spacing: Spacing.Newline } closing] })
                field.ClosingComment = closing;
        }
    }

    private Declaration ParseDeclaration()
    {
        switch (Kind)
        {
            case TokenKind.Attribute:
                return ParseAttributeDeclaration();
            case TokenKind.Ellipsis:
                var opened = OpenNode();
                var ellipsis = new Ellipsis(At, null);
                Next();
                return CloseNode(opened, new EllipsisDeclaration(ellipsis));
            case TokenKind.Let when IsNextIdentifier():
                return ParseLetDeclaration();
            default:
                return IsAtComprehension() ? ParseComprehensionDeclaration() : ParseField();
        }
    }

    private AttributeDeclaration ParseAttributeDeclaration()
    {
        var opened = OpenNode();
        return CloseNode(opened, new AttributeDeclaration(ParseAttribute()));
    }

    private AttributeNode ParseAttribute()
    {
        var attribute = new AttributeNode(At, _token.Text);
        Next();
        return attribute;
    }

    private LetDeclaration ParseLetDeclaration()
    {
        var opened = OpenNode();
        return CloseNode(opened, new LetDeclaration(ParseLetClause()));
    }

    private ComprehensionDeclaration ParseComprehensionDeclaration()
    {
        var opened = OpenNode();
        return CloseNode(opened, new ComprehensionDeclaration(ParseComprehension()));
    }

    /// <summary>Reports a name that begins with two underscores where a name is made known.</summary>
    private void CheckReserved(Identifier name)
    {
        if (name.Name.StartsWith("__", StringComparison.Ordinal))
            Report(name.Start, "identifiers starting with '__' are reserved");
    }
}
