"""SARIF 2.1.0 as far as our reports use it."""

# The parts of SARIF 2.1.0 that our reports may use, as JSON types: what must be there, what may be, and nothing else.
REGION = {'startLine': int, 'startColumn': int, '?endLine': int, '?endColumn': int}
LOCATION = {'?physicalLocation': {'artifactLocation': {'uri': str}, 'region': REGION}, 'logicalLocations': [{'?name': str, 'fullyQualifiedName': str}]}
MESSAGE = {'text': str}
LEVELS = ('none', 'note', 'warning', 'error')
SARIF = {
    '$schema': str, 'version': str,
    'runs': [{
        'tool': {'driver': {'name': str, 'version': str, 'rules': [{
            'id': str, 'shortDescription': MESSAGE, 'defaultConfiguration': {'level': LEVELS}, 'properties': dict}]}},
        'columnKind': ('utf16CodeUnits', 'unicodeCodePoints'),
        'results': [{'ruleId': str, 'ruleIndex': int, 'level': LEVELS, 'message': MESSAGE, 'locations': [LOCATION], '?relatedLocations': [LOCATION],
                     '?suppressions': [{'kind': ('inSource', 'external'), 'status': ('accepted', 'underReview', 'rejected'), 'justification': str,
                                        'properties': dict}],
                     'properties': dict}],
        'properties': dict,
    }],
}


def check_shape(value, shape, where='$'):
    if isinstance(shape, type):
        assert isinstance(value, shape) and not (shape is int and isinstance(value, bool)), (where, value)
    elif isinstance(shape, tuple):
        assert value in shape, (where, value)
    elif isinstance(shape, list):
        assert isinstance(value, list), (where, value)
        for index, each in enumerate(value):
            check_shape(each, shape[0], f'{where}[{index}]')
    else:
        assert isinstance(value, dict), (where, value)
        for name, inner in shape.items():
            if name.startswith('?') and name[1:] not in value:
                continue
            assert name.lstrip('?') in value, (where, name)
            check_shape(value[name.lstrip('?')], inner, f'{where}.{name}')
        unknown = set(value) - {name.lstrip('?') for name in shape}
        assert not unknown, (where, unknown)
